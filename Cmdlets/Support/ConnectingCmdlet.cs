using System.Management.Automation;
using System.Security;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Base of every cmdlet that can be told how to get into a Marathon.</summary>
public abstract class ConnectingCmdlet : AsyncCmdlet
{
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter]
    [SecretText]
    public SecureString? Token { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AuthorityPath { get; set; }

    private protected MarathonConnection With(MarathonConnection connection) => connection with
    {
        UserName = Credential?.UserName ?? connection.UserName,
        Password = SecretTextAttribute.Reveal(Credential?.Password) ?? connection.Password,
        Token = SecretTextAttribute.Reveal(Token) ?? connection.Token,
        AuthorityPath = AuthorityPath is null ? connection.AuthorityPath : GetUnresolvedProviderPathFromPSPath(AuthorityPath),
    };
}
