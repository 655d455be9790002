namespace MesosDocker.TestKit;

/// <summary>A directory of the test's own, gone at its end. Its path is short enough for a socket.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("md-").FullName;

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public string Write(string name, string content)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>A shell script that can be run.</summary>
    public string WriteProgram(string name, string script)
    {
        string path = Write(name, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
