using System.Globalization;
using System.Text;
using MesosDocker.Compose;
using MesosDocker.Conversion;

namespace MesosDocker.Commands;

/// <summary>How the views show measured pods. Public only because a view can call nothing else.</summary>
public static class PodDisplay
{
    private const int MostPorts = 3;
    private const int Widest = 79;
    private const int Indent = 4;

    /// <summary>Fixed ports of the host by their numbers, and how many others are chosen: <c>80 443 +2</c>.</summary>
    public static string Ports(ComposePod pod)
    {
        int[] chosen = [.. pod.Ports.Where(static port => !port.IsDynamic).Select(static port => port.HostPort ?? 0).Distinct()];
        IEnumerable<string> shown = chosen.Take(MostPorts).Select(static port => port.ToString(CultureInfo.InvariantCulture));
        string more = chosen.Length > MostPorts ? " …" : "";
        string dynamic = pod.DynamicPorts > 0 ? string.Create(CultureInfo.InvariantCulture, $" +{pod.DynamicPorts}") : "";
        return (string.Join(' ', shown) + more + dynamic).TrimStart();
    }

    /// <summary>Three digits are enough to look at; the record has all.</summary>
    public static string Cpus(decimal? cpus) => cpus?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";

    public static string Megabytes(decimal? megabytes) => megabytes is { } size ? Display.Bytes((long)decimal.Ceiling(size * 1024 * 1024)) : "";

    /// <summary>A key that was lost: what says it, and below it why, and what to do instead, in lines that fit any terminal.</summary>
    public static string Loss(ConversionLoss loss)
    {
        string line = loss.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
        var text = new StringBuilder(Display.Text($"{loss.Service ?? Path.GetFileName(loss.File)}{line}  {loss.Key}"));
        int column = Widest;
        foreach (string word in Display.Text($"{loss.Reason} {loss.Instead}").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bool fits = column + word.Length < Widest;
            text.Append(fits ? " " : "\n    ").Append(word);
            column = fits ? column + 1 + word.Length : Indent + word.Length;
        }

        return text.ToString();
    }

    /// <summary>A number, or <c>all</c>.</summary>
    public static string Gpus(int gpus, bool all) => all ? "all" : gpus > 0 ? gpus.ToString(CultureInfo.InvariantCulture) : "";
}
