using System.Text.Json;

namespace MesosDocker.Io;

/// <summary>YAML, which Core leaves to a library.</summary>
public interface IYaml
{
    /// <summary>
    /// Every document of a text, in the core schema of YAML 1.2, with merge keys (<c>&lt;&lt;</c>), which every tool for containers knows.
    /// </summary>
    /// <param name="source">What messages call the text.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it is no YAML, says one thing twice, means something
    /// that JSON has not, or is larger than <see cref="DocumentLimits"/> allow.</exception>
    IReadOnlyList<SourceNode> Read(string text, string source);

    /// <summary>The same, with tags that mean something to the caller: a value that has one of them is a <see cref="SourceTagged"/>.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    IReadOnlyList<SourceNode> Read(string text, string source, IReadOnlySet<string> ownTags);

    /// <summary>One document each; read again, they are the same.</summary>
    string Write(IReadOnlyList<JsonElement> documents);
}
