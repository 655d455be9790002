using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>The body of an answer that refuses.</summary>
internal sealed record ApiError : MarathonObject
{
    public string? Message { get; init; }

    /// <summary>Objects of <see cref="ApiErrorDetail"/>'s kind; some versions and some errors have texts.</summary>
    public IReadOnlyList<JsonElement>? Details { get; init; }

    /// <summary>Before 0.13, with <c>attribute</c> and <c>error</c>.</summary>
    public IReadOnlyList<JsonElement>? Errors { get; init; }

    /// <summary>Those that lock what was to be changed.</summary>
    public IReadOnlyList<Identified>? Deployments { get; init; }
}

/// <summary>What is wrong with one field.</summary>
internal sealed record ApiErrorDetail : MarathonObject
{
    public string? Path { get; init; }

    public IReadOnlyList<string>? Errors { get; init; }

    public string? Attribute { get; init; }

    public string? Error { get; init; }
}
