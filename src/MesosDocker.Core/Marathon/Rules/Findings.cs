namespace MesosDocker.Marathon;

/// <summary>What was found so far.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    /// <summary>Something is of another type than its field; the rest cannot be judged.</summary>
    public bool IsUnreadable { get; private set; }

    public void Error(Place place, string message) => Add(Severity.Error, place, message);

    public void Warning(Place place, string message) => Add(Severity.Warning, place, message);

    public void Unreadable(Place place, string message)
    {
        IsUnreadable = true;
        Add(Severity.Error, place, message);
    }

    public void AddRange(Findings more)
    {
        _all.AddRange(more._all);
        IsUnreadable |= more.IsUnreadable;
    }

    public void ErrorIf(bool wrong, Place place, string message)
    {
        if (wrong)
        {
            Error(place, message);
        }
    }

    public void WarningIf(bool odd, Place place, string message)
    {
        if (odd)
        {
            Warning(place, message);
        }
    }

    private void Add(Severity severity, Place place, string message) => _all.Add(new Finding(severity, place.ToString(), message));
}
