using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>Reads settings: a task's labels win over the variables of the executor's environment, which its operator sets.</summary>
internal static class PodSettingReader
{
    private const int LongestShown = 60;

    /// <exception cref="MesosDockerException"><see cref="Fault.SettingUnknown"/>, <see cref="Fault.OptionValueInvalid"/>.</exception>
    public static PodSettings Read(IReadOnlyList<Label> labels, IReadOnlyDictionary<string, string> environment)
    {
        var settings = new PodSettings();
        foreach ((string name, string value) in environment)
        {
            if (PodSetting.IsVariable(name))
            {
                PodSetting setting = PodSettingTable.All.FirstOrDefault(one => one.Variable == name)
                    ?? throw Unknown("variable", name, PodSetting.VariablePrefix, name[PodSetting.VariablePrefix.Length..], static one => one.Variable);
                settings = Set(settings, setting, "variable", name, value);
            }
        }

        foreach (Label label in labels)
        {
            if (PodLabels.SettingOf(label.Key) is { } name)
            {
                PodSetting setting = PodSettingTable.All.FirstOrDefault(one => one.Name == name)
                    ?? throw Unknown("label", label.Key, PodLabels.SettingPrefix, name, static one => one.Label);
                settings = setting.IsExecutors
                    ? throw new MesosDockerException(
                        Fault.SettingUnknown, $"The label '{label.Key}' is none: all tasks of an executor share it, so its environment says it, by '{setting.Variable}'.")
                    : Set(settings, setting, "label", label.Key, label.Value);
            }
        }

        return settings with { Files = [.. labels.Where(static label => PodLabels.IsFileName(label.Key)).SelectMany(static label => Split(label.Value))] };
    }

    /// <summary>At commas, without white space around them.</summary>
    public static IReadOnlyList<string> Split(string list)
        => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static PodSettings Set(PodSettings settings, PodSetting setting, string kind, string name, string value)
        => setting.Set(settings, value.Trim()) ?? throw new MesosDockerException(
            Fault.OptionValueInvalid, $"The {kind} '{name}' is '{Printable.Of(value, LongestShown)}'; it must be {setting.Wanted}.");

    // The prefix, which all have, would make any two names near.
    private static MesosDockerException Unknown(string kind, string name, string prefix, string rest, Func<PodSetting, string> nameOf)
    {
        string? near = NearestName.Of(rest, PodSettingTable.All.Select(one => nameOf(one)[prefix.Length..]));
        string advice = near is null ? "docs/pods.md lists those that there are." : $"Is it '{prefix}{near}'?";
        return new MesosDockerException(Fault.SettingUnknown, $"There is no {kind} '{Printable.Of(name, LongestShown)}' for pods. {advice}");
    }
}
