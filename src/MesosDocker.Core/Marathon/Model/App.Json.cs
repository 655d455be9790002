using System.Text.Json;

namespace MesosDocker.Marathon;

public sealed partial record App
{
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it is no JSON, or a field is of another type than it has.</exception>
    public static App FromJson(ReadOnlyMemory<byte> utf8) => ModelText.Read(utf8, FromJson);

    /// <inheritdoc cref="FromJson(ReadOnlyMemory{byte})"/>
    public static App FromJson(JsonElement json) => ModelText.Read(json, MarathonJson.Default.App, AppShapes.Change);

    /// <summary>In the order of the record, without what is null.</summary>
    public byte[] ToJson(bool indented = false) => ModelText.Write(this, MarathonJson.Default.App, indented);

    /// <summary>What Marathon would refuse, and what nobody can mean; empty if there is nothing.</summary>
    /// <param name="settings">Of the Marathon it is meant for; null if that is not known.</param>
    public IReadOnlyList<Finding> Judge(MarathonSettings? settings)
        => Judge(JsonSerializer.SerializeToElement(this, MarathonJson.Default.App), settings);

    /// <inheritdoc cref="Judge(MarathonSettings?)"/>
    /// <param name="json">A definition of any shape: unlike reading it, this never throws.</param>
    public static IReadOnlyList<Finding> Judge(JsonElement json, MarathonSettings? settings)
        => ModelText.Judge(json, (definition, found) => AppRules.Check(definition, Place.Root, settings, found));

    /// <summary>What is wrong with a change, as <c>PATCH /v2/apps</c> gets it, by itself.</summary>
    public static IReadOnlyList<Finding> JudgeChange(JsonElement json)
        => ModelText.Judge(json, static (definition, found) => AppRules.CheckChange(definition, Place.Root, found));

    /// <summary>What is wrong with this as a change, of which only some fields are said.</summary>
    public IReadOnlyList<Finding> JudgeAsChange() => JudgeChange(JsonSerializer.SerializeToElement(this, MarathonJson.Default.App));

    /// <summary>In what this app, which is running, differs from the one that is wanted. Empty: nothing would change.</summary>
    public IReadOnlyList<Difference> CompareTo(App wanted) => AppComparison.Compare(this, wanted);
}
