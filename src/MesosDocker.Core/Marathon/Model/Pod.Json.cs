using System.Text.Json;

namespace MesosDocker.Marathon;

public sealed partial record Pod
{
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it is no JSON, or a field is of another type than it has.</exception>
    public static Pod FromJson(ReadOnlyMemory<byte> utf8) => ModelText.Read(utf8, FromJson);

    /// <inheritdoc cref="FromJson(ReadOnlyMemory{byte})"/>
    public static Pod FromJson(JsonElement json) => ModelText.Read(json, MarathonJson.Default.Pod, PodShapes.Pod);

    /// <summary>In the order of the record, without what is null.</summary>
    public byte[] ToJson(bool indented = false) => ModelText.Write(this, MarathonJson.Default.Pod, indented);

    /// <summary>What Marathon would refuse, and what nobody can mean; empty if there is nothing.</summary>
    /// <param name="settings">Of the Marathon it is meant for; null if that is not known.</param>
    public IReadOnlyList<Finding> Judge(MarathonSettings? settings)
        => Judge(JsonSerializer.SerializeToElement(this, MarathonJson.Default.Pod), settings);

    /// <inheritdoc cref="Judge(MarathonSettings?)"/>
    /// <param name="json">A definition of any shape: unlike reading it, this never throws.</param>
    public static IReadOnlyList<Finding> Judge(JsonElement json, MarathonSettings? settings)
        => ModelText.Judge(json, (definition, found) => PodRules.Check(definition, settings, found));
}
