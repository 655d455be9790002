using System.Management.Automation;
using MesosDocker.Containerizer;
using MesosDocker.Io;

namespace MesosDocker.Commands;

/// <summary>Calls the containerizer as a Mesos agent does.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Containerizer", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(ContainerReference), typeof(ContainerUsage), typeof(ContainerTermination))]
public sealed partial class InvokeContainerizerCommand : ContainerizerCmdlet
{
    private const string ByObject = "ByObject";
    private const string ByPath = "ByPath";
    private const string ByStream = "ByStream";

    private HookVerb _verb;

    // A word and not the enumeration: what is none of its words would be taken for a container, and the error would be about that.
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateSet("launch", "wait", "usage", "update", "destroy", "containers", "recover")]
    public string Verb { get; set; } = "";

    [Parameter(Position = 1, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [Alias("ContainerId")]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [AllowNull]
    public PSObject?[]? InputObject { get; set; } = [];

    [Parameter(ParameterSetName = ByObject)]
    [ValidateRange(0, 1_000_000)]
    public decimal? Cpus { get; set; }

    [Parameter(ParameterSetName = ByObject)]
    [Alias("Mem")]
    [Megabytes]
    public decimal? Memory { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string FramePath { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = ByStream)]
    public SwitchParameter StandardStreams { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkDirectory { get; set; }

    [Parameter]
    [Alias("Sandbox")]
    [ValidateNotNullOrEmpty]
    public string? Directory { get; set; }

    [Parameter]
    [ValidateRange(1, 365 * 24 * 3600)]
    public int? TimeoutSeconds { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExecutablePath { get; set; }

    protected override object? ErrorTarget => ParameterSetName switch
    {
        ByPath => FramePath,
        ByObject when InputObject is [{ } single] => single.BaseObject,
        _ => Verb,
    };

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _verb = Enum.Parse<HookVerb>(Verb, ignoreCase: true);
        return Task.CompletedTask;
    }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        HookProgram program = Program();
        if (ParameterSetName == ByStream)
        {
            await PassOnAsync(program, cancellationToken);
        }
        else if (ParameterSetName == ByPath)
        {
            await CallAsync(program, ReadFrame(), cancellationToken);
        }
        else if (!HookRequest.HasMessage(_verb))
        {
            await CallAsync(program, HookRequest.Of(_verb), cancellationToken);
        }
        else
        {
            RefuseNothing();
            foreach (PSObject? input in InputObject ?? [null])
            {
                await AttemptAsync(input?.BaseObject, () => CallAsync(program, RequestOf(input), cancellationToken));
            }
        }
    }

    private async Task CallAsync(HookProgram program, HookRequest request, CancellationToken cancellationToken)
    {
        if (!MayCall(request))
        {
            return;
        }

        byte[]? reply = await program.CallAsync(request, cancellationToken);
        foreach (object record in RecordsOf(request, reply))
        {
            WriteObject(record);
        }
    }

    /// <summary>Frames go through as they are: this process stands where the executable would.</summary>
    private async Task PassOnAsync(HookProgram program, CancellationToken cancellationToken)
    {
        try
        {
            await ExchangeAsync(program, cancellationToken);
        }
        catch (MesosDockerException) when (Console.IsOutputRedirected)
        {
            // An agent goes by the status of the script, which would be 0 for an error that the script does not stop at.
            Host.SetShouldExit(1);
            throw;
        }
    }

    private async Task ExchangeAsync(HookProgram program, CancellationToken cancellationToken)
    {
        // Console.In belongs to the host, and it may never end: an agent keeps it open.
        HookRequest request = HookRequest.HasMessage(_verb)
            ? HookRequest.Of(_verb, await Task.Run(ReadStandardInput, cancellationToken).WaitAsync(cancellationToken))
            : HookRequest.Of(_verb);
        if (MayCall(request) && await program.CallAsync(request, cancellationToken) is { } reply)
        {
            using Stream output = Console.OpenStandardOutput();
            Frames.Write(output, reply);
        }
    }

    private bool MayCall(HookRequest request)
        => !Changes(_verb) || ShouldProcess(request.Id?.Value ?? "all containers of the agent", _verb.ToString());
}
