using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Refusals as answers, in the shapes of Marathon's own.</summary>
internal static class Errors
{
    public static Answer NotFound { get; } = Answer.Message(404, "URI not found");

    public static Answer NoPods { get; } = Answer.Message(
        501, "Pods are not run here yet: deploy them to a Marathon with the Mesos containerizer, or as an app that runs a compose project.");

    public static Answer NotAllowed(string allowed) => Answer.Message(405, "Method Not Allowed") with { Allow = allowed };

    public static Answer BadRequest(string message) => Answer.Message(400, message);

    /// <summary>It is no JSON at all.</summary>
    public static Answer Of(JsonException e) => Body(400, new ApiError
    {
        Message = "Invalid JSON",
        Details = [Element($"line {e.LineNumber + 1}, character {e.BytePositionInLine + 1}: {Plain(e.Message)}")],
    });

    public static Answer Of(RefusedException e) => e.Refusal switch
    {
        Refusal.NotFound => Body(404, new ApiError { Message = e.Message }),
        Refusal.Exists => Body(409, new ApiError { Message = e.Message }),
        Refusal.Locked => Body(409, new ApiError
        {
            Message = e.Message,
            Deployments = [.. e.Deployments.Select(static id => new Identified { Id = id })],
        }),
        Refusal.Invalid => Body(422, new ApiError { Message = e.Message, Details = Details(e.Findings) }),
        _ => Body(400, new ApiError { Message = e.Message, Details = Details(e.Findings) }),
    };

    private static Answer Body(int status, ApiError error) => Answer.Of(error, MarathonJson.Default.ApiError, status);

    // Whatever is wrong with one field is told together.
    private static JsonElement[]? Details(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return null;
        }

        return [.. findings.GroupBy(static finding => finding.Path).Select(static field => JsonSerializer.SerializeToElement(
            new ApiErrorDetail { Path = field.Key, Errors = [.. field.Select(static finding => finding.Message).Distinct()] },
            MarathonJson.Default.ApiErrorDetail))];
    }

    private static JsonElement Element(string text) => JsonSerializer.SerializeToElement(text, MarathonJson.Default.String);

    // The parser adds where it was, which stands before it already.
    private static string Plain(string message) => message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
}
