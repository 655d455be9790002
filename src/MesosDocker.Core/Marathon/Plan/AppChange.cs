namespace MesosDocker.Marathon;

public enum AppAction
{
    /// <summary>It is as it is wanted.</summary>
    None,

    Create,

    /// <summary>Only the number of its instances differs: tasks are started or ended, none is replaced.</summary>
    Scale,

    /// <summary>All of its tasks are replaced.</summary>
    Update,
}

/// <summary>What publishing an app would do.</summary>
public sealed record AppChange
{
    /// <summary>As it is wanted.</summary>
    public required App App { get; init; }

    /// <summary>As it is; null if it is not there.</summary>
    public App? Before { get; init; }

    public required AppAction Action { get; init; }

    /// <summary>Empty where nothing was there before.</summary>
    public IReadOnlyList<Difference> Differences { get; init; } = [];

    public string Id => App.Id ?? "";

    /// <param name="before">What runs; null: nothing of that id.</param>
    public static AppChange Of(App app, App? before)
    {
        if (before is null)
        {
            return new AppChange { App = app, Action = AppAction.Create };
        }

        IReadOnlyList<Difference> differences = before.CompareTo(app);
        return new AppChange { App = app, Before = before, Differences = differences, Action = ActionOf(differences) };
    }

    private static AppAction ActionOf(IReadOnlyList<Difference> differences) => differences switch
    {
        [] => AppAction.None,
        [{ Path: "/instances" }] => AppAction.Scale,
        _ => AppAction.Update,
    };
}
