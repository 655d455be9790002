using System.Text;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>Names of <c>TaskStatus.Reason</c>.</summary>
internal static class Reasons
{
    /// <summary><c>REASON_CONTAINER_LIMITATION_MEMORY</c>; null if there is none, or it is not known here.</summary>
    public static string? NameOf(StatusReason? reason)
    {
        if (reason is not { } told || !Enum.IsDefined(told))
        {
            return null;
        }

        var name = new StringBuilder("REASON");
        foreach (char c in told.ToString())
        {
            name.Append(char.IsAsciiLetterUpper(c) ? "_" : "").Append(char.ToUpperInvariant(c));
        }

        return name.ToString();
    }
}
