using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>The files that a project reaches for: included and extended compose files, files of variables and of labels.</summary>
public interface IComposeFiles
{
    /// <summary>Null: there is no such file.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>; <see cref="Fault.DefinitionInvalid"/> if it is no text or too large.</exception>
    DocumentText? Read(string path);
}
