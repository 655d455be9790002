using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace MesosDocker.Commands;

/// <summary>
/// Keeps packages in a load context of their own, so that another module's version of one is never ours and ours never theirs.
/// PowerShell calls it when the module is imported and removed.
/// </summary>
public sealed class ModuleResolver : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private const string EntryAssembly = "MesosDocker.Adapters";

    private static readonly PrivateContext s_private = new(Path.Combine(
        Path.GetDirectoryName(typeof(ModuleResolver).Assembly.Location)!, "private"));

    public void OnImport() => AssemblyLoadContext.Default.Resolving += OnResolving;

    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= OnResolving;

    // Only our own entry assembly is answered here. Its dependencies are asked of PrivateContext directly, so this handler can
    // never serve, or be served by, some other module.
    private static Assembly? OnResolving(AssemblyLoadContext context, AssemblyName wanted)
        => wanted.Name == EntryAssembly ? s_private.LoadFromAssemblyName(wanted) : null;

    private sealed class PrivateContext(string folder) : AssemblyLoadContext("MesosDocker", isCollectible: false)
    {
        private static readonly Assembly s_core = typeof(MesosDockerException).Assembly;

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // There is one Core, the one the cmdlets have. With a second one its types would exist twice, and every call across
            // would fail with "Entry point was not found".
            if (assemblyName.Name == s_core.GetName().Name)
            {
                return s_core;
            }

            // Where Core came from a folder of compiled libraries (MesosDocker.psm1), the others are there, too.
            string name = assemblyName.Name + ".dll";
            string? path = ((string[])[Path.Combine(Path.GetDirectoryName(s_core.Location)!, name), Path.Combine(folder, name)]).FirstOrDefault(File.Exists);
            return path is null ? null : LoadFromAssemblyPath(path);
        }
    }
}
