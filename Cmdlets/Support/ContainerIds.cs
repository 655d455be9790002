using System.Management.Automation;
using MesosDocker.Mesos;

namespace MesosDocker.Commands;

/// <summary>The container that something from the pipeline means.</summary>
internal static class ContainerIds
{
    private const string Property = "ContainerId";

    /// <param name="input">An id, or anything with a property ContainerId.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerIdInvalid"/>, <see cref="Fault.UsageInvalid"/>.</exception>
    public static ContainerId Of(PSObject? input) => input?.BaseObject switch
    {
        ContainerId id => id,
        string text => ContainerId.Parse(text),
        Guid guid => ContainerId.Parse(guid.ToString()),
        not null when input.Properties[Property]?.Value is { } value => ContainerId.Parse(LanguagePrimitives.ConvertTo<string>(value)),
        null => throw new MesosDockerException(Fault.UsageInvalid, "Nothing was given where a container's id is needed."),
        var other => throw new MesosDockerException(
            Fault.UsageInvalid, $"A {other.GetType().Name} names no container. Give an id, or an object with a property {Property}."),
    };
}
