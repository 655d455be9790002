using System.Management.Automation;
using System.Net;
using System.Security;

namespace MesosDocker.Commands;

/// <summary>Takes a secret as a SecureString, or as the text that scripts often have.</summary>
internal sealed class SecretTextAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
        => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            string text => new NetworkCredential("", text).SecurePassword,
            SecureString secret => secret,
            null => null,
            var other => throw new ArgumentTransformationMetadataException($"A {other.GetType().Name} is no token. Give a SecureString, or a string."),
        };

    public static string? Reveal(SecureString? secret) => secret is null ? null : new NetworkCredential("", secret).Password;
}
