using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>The app that something from the pipeline names.</summary>
internal static class AppName
{
    /// <param name="input">An id, an app, or anything with a property AppId or Id.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/></exception>
    public static string Of(PSObject input) => AppPatterns.Absolute(input.BaseObject switch
    {
        string id => id,
        App { Id: { } id } => id,
        AppTask { AppId: { } id } => id,
        _ when (input.Properties["AppId"] ?? input.Properties["Id"])?.Value is { } value => LanguagePrimitives.ConvertTo<string>(value),
        var other => throw new MesosDockerException(Fault.UsageInvalid, $"A {other.GetType().Name} names no app. Give an id, or what Get-MesosDockerApp puts out."),
    });
}
