using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>An empty cell of a table says nothing; PowerShell would make 0 of it.</summary>
internal sealed class EmptyIsNothingAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
        => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && text.AsSpan().Trim().IsEmpty ? null : inputData;
}
