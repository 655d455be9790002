using MesosDocker.Adapters.Wire;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Io;

namespace MesosDocker.Commands;

/// <summary>
/// The one door to the library with packages. Whoever steps through it makes the runtime ask <see cref="ModuleResolver"/> for that library;
/// importing the module alone loads none of it.
/// </summary>
internal static class Adapters
{
    /// <exception cref="MesosDockerException"><see cref="Fault.MessageInvalid"/></exception>
    public static string FrameToJson(FrameKind kind, byte[] message) => FrameText.ToJson(kind.ToString(), message);

    public static IYaml Yaml() => new YamlText();
}
