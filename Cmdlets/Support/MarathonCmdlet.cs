using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Base of every cmdlet that talks to a Marathon.</summary>
public abstract class MarathonCmdlet : ConnectingCmdlet
{
    private MarathonClient? _client;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Uri { get; set; }

    private protected MarathonClient Client => _client ??= new MarathonClient(Connection());

    private protected MarathonConnection Connection()
        => With(new MarathonSession(MyInvocation.MyCommand).Resolve(Uri is null ? null : MarathonAddress.Parse(Uri)));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _client?.Dispose();
        }

        base.Dispose(disposing);
    }
}
