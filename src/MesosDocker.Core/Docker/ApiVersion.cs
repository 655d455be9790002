using System.Globalization;

namespace MesosDocker.Docker;

/// <summary>A version of the engine's API, such as 1.41.</summary>
public readonly record struct ApiVersion(int Major, int Minor) : IComparable<ApiVersion>
{
    /// <summary>The oldest we speak: Docker 1.12.</summary>
    public static readonly ApiVersion Oldest = new(1, 24);

    /// <summary>The newest whose meaning we know: Docker 28.5.</summary>
    public static readonly ApiVersion Newest = new(1, 51);

    public static bool operator <(ApiVersion left, ApiVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ApiVersion left, ApiVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ApiVersion left, ApiVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ApiVersion left, ApiVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>1.41</c>; a leading <c>v</c> is passed over, as the docker client does.</summary>
    public static bool TryParse(string? text, out ApiVersion version)
    {
        version = default;
        string[] parts = (text ?? "").Trim().TrimStart('v').Split('.');
        if (parts is not [var major, var minor]
            || !int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out int majorNumber)
            || !int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out int minorNumber))
        {
            return false;
        }

        version = new ApiVersion(majorNumber, minorNumber);
        return true;
    }

    public int CompareTo(ApiVersion other)
        => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
