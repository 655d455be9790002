using System.Globalization;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>One app, or one container of a pod, while it becomes a service, with the account of its fields.</summary>
/// <param name="name">The service's.</param>
internal sealed class ReturnCase(string name, KeyLedger fields, ProjectDraft project)
{
    // Of Marathon, where nothing is said.
    private const double UsualDelay = 1;
    private const double UsualFactor = 1.15;

    public string Name => name;

    public KeyLedger Fields => fields;

    public ProjectDraft Project => project;

    public ServiceDraft Service { get; private init; } = new();

    /// <summary>The same service, where what surrounds it speaks for it.</summary>
    public ReturnCase Under(KeyLedger around) => new(name, around, project) { Service = Service };

    /// <summary>Variables, of which those of the secret store have no value.</summary>
    public void Environment(KeyPath key, IReadOnlyDictionary<string, EnvironmentValue>? variables)
    {
        fields.Carry(key);
        List<KeyValuePair<string, string>> said = [];
        foreach ((string variable, EnvironmentValue value) in variables ?? new Dictionary<string, EnvironmentValue>())
        {
            if (value.Value is { } text)
            {
                said.Add(new(variable, text));
            }
            else
            {
                fields.Lose(key[variable], "Its value is in the secret store, which compose does not ask.", "Give it a value when compose runs the project.");
            }
        }

        Service.Merge("environment", Made.Texts(said));
    }

    public void Labels(KeyPath key, IReadOnlyDictionary<string, string>? labels)
    {
        fields.Carry(key);
        Service.Merge("labels", Made.Texts(labels ?? new Dictionary<string, string>()));
    }

    public void Instances(KeyPath key, int? instances)
    {
        fields.Carry(key);
        if (instances is { } count and not 1)
        {
            Service.Say("deploy.replicas", Made.Number(count));
        }
    }

    /// <summary>A program that has a line of its own for the shell.</summary>
    public void ShellLine(KeyPath key, string line)
    {
        fields.Carry(key);
        Service.Say("entrypoint", Made.Texts(ServiceCommand.ShellWords));
        Service.Say("command", Made.Texts([line]));
        LoseTaskVariables(key, line);
    }

    /// <summary>Marathon tells every task its ports and its host, and compose does not.</summary>
    public void LoseTaskVariables(KeyPath key, string words)
    {
        if (TaskWords.FirstIn(words) is { } variable)
        {
            fields.Lose(key, $"It asks for {variable}, which Marathon gives to its tasks, and compose to no container.", "Give it a value below environment.");
        }
    }

    public void KillGrace(KeyPath key, double? seconds)
    {
        fields.Carry(key);
        Service.Say("stop_grace_period", seconds is { } grace ? Made.Duration(TimeSpan.FromSeconds(grace)) : null);
    }

    /// <summary>Marathon starts tasks again whatever their end was, at first after a second, then ever later, unless the factor is 1.</summary>
    public void Restarts(KeyPath delayKey, double? delay, KeyPath factorKey, double? factor, KeyPath longestKey)
    {
        if (factor is 1 && delay is not 0)
        {
            fields.Carry(delayKey);
            fields.Carry(factorKey);
            fields.Carry(longestKey);
            Service.Say("deploy.restart_policy", Made.Map(
                Made.Field("condition", Made.Text("any")), Made.Field("delay", Made.Duration(TimeSpan.FromSeconds(delay ?? UsualDelay)))));
            return;
        }

        Service.Say("restart", Made.Text("always"));
        Lose(delayKey, delay is UsualDelay);
        Lose(factorKey, factor is UsualFactor);
        Lose(longestKey, isUsual: false);

        void Lose(KeyPath key, bool isUsual)
        {
            if (isUsual)
            {
                fields.Carry(key);
            }
            else
            {
                fields.LoseSaid(key, "Compose waits longer after each end by itself, and how long is not for it to say.", null);
            }
        }
    }

    public void Upgrade(KeyPath key, UpgradeStrategy? strategy, int instances)
    {
        if (strategy is null)
        {
            return;
        }

        fields.Carry(key["minimumHealthCapacity"]);
        fields.Carry(key["maximumOverCapacity"]);
        (int parallelism, bool startsFirst, bool isExact) = ServiceUpdate.Read(instances, strategy);
        Service.Say("deploy.update_config", Made.Map(
            Made.Field("parallelism", Made.Number(parallelism)), Made.Field("order", Made.Text(startsFirst ? "start-first" : "stop-first"))));
        if (!isExact)
        {
            fields.Lose(
                key, string.Create(CultureInfo.InvariantCulture, $"Compose starts new containers first or stops old ones first, and not both: it became {parallelism} at a time, old ones first."), null);
        }
    }

    public void Linux(KeyPath key, LinuxInfo? linux)
    {
        if (linux?.Seccomp?.Unconfined == true)
        {
            fields.Carry(key["seccomp"]["unconfined"]);
            Service.Say("security_opt", Made.Texts(["seccomp=unconfined"]));
        }

        if (linux?.IpcInfo?.ShmSize is { } shared)
        {
            fields.Carry(key["ipcInfo"]["shmSize"]);
            Service.Say("shm_size", Made.Size(shared));
            if (linux.IpcInfo.Mode is null or "PRIVATE")
            {
                fields.Carry(key["ipcInfo"]["mode"]);
            }
        }
    }
}
