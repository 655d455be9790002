using System.Globalization;
using System.Net.Sockets;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>Every way in which a Marathon can fail us, as a <see cref="Fault"/> and a sentence.</summary>
internal static class MarathonFailure
{
    private const string OtherMarathons =
        "Is it running there? Connect-MesosDocker, -Uri or MARATHON_URL name another; Start-MesosDockerLocal starts one here.";

    private const int LongestQuote = 300;
    private const string Untrusted =
        "it shows a certificate that is not valid for this name by the authorities that are trusted "
        + "(-AuthorityPath names a file with more)";

    /// <summary>No connection came about, so that nothing was sent.</summary>
    /// <param name="isUntrusted">It was we who did not want it, for the certificate that it showed.</param>
    public static MesosDockerException NotConnected(MarathonEndpoint endpoint, MarathonRequest request, Exception cause, bool isUntrusted)
        => new(
            OfAgent(request, Fault.MarathonUnreachable),
            $"{Who(request)} at {endpoint} cannot be reached to {request.Doing}: "
                + $"{(isUntrusted ? Untrusted : WhyNotConnected(cause))}. {WhatToDo(request)}",
            cause);

    /// <summary>Something was sent, and no answer came.</summary>
    public static MesosDockerException Broken(MarathonEndpoint endpoint, MarathonRequest request, Exception cause)
        => new(
            OfAgent(request, Fault.MarathonUnreachable),
            $"{Who(request)} at {endpoint} broke the connection off when asked to {request.Doing}. {WhatToDo(request)}",
            cause);

    public static MesosDockerException TooLate(MarathonEndpoint endpoint, MarathonRequest request, TimeSpan limit)
        => new(
            OfAgent(request, Fault.MarathonUnreachable),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Who(request)} at {endpoint} did not answer within {limit.TotalSeconds:0.###} seconds when asked to {request.Doing}."));

    public static MesosDockerException TooLarge(MarathonEndpoint endpoint, MarathonRequest request, int limit)
        => new(
            OfAgent(request, Fault.MarathonAnswerInvalid),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Who(request)} at {endpoint} sends more than {limit} bytes when asked to {request.Doing}, which is more than is taken."));

    public static MesosDockerException NotHttp(MarathonEndpoint endpoint, MarathonRequest request, Exception cause)
        => new(
            OfAgent(request, Fault.MarathonAnswerInvalid),
            $"What answers at {endpoint} when asked to {request.Doing} speaks no HTTP; "
                + "is that the address of a Marathon, and is it http or https?",
            cause);

    /// <summary>It answered, but not what a Marathon answers.</summary>
    public static MesosDockerException Invalid(MarathonReply reply, Exception? cause = null)
    {
        string why = reply.IsCut ? "stops before its end"
            : reply.Body.Length == 0 ? "is empty"
            : IsPage(reply) ? "is a web page; is that the right address, or that of something in front of it"
            : $"is not what {(reply.Request.IsForAgent ? "an agent" : "a Marathon")} answers"
                + (cause is MesosDockerException e ? $" ({Printable.Of(e.Message, LongestQuote)})" : "");
        string sentence = $"The answer of {reply.Endpoint} when asked to {reply.Request.Doing} (status {reply.Status}) {why}.";
        return cause is null
            ? new MesosDockerException(OfAgent(reply.Request, Fault.MarathonAnswerInvalid), sentence)
            : new MesosDockerException(OfAgent(reply.Request, Fault.MarathonAnswerInvalid), sentence, cause);
    }

    /// <summary>It leads to a server that nobody named.</summary>
    public static MesosDockerException LeadsAway(MarathonReply reply)
        => new(
            OfAgent(reply.Request, Fault.MarathonRejected),
            $"{reply.Endpoint} sends who wants to {reply.Request.Doing} on to "
            + Printable.Of(reply.Location!.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped), LongestQuote)
            + ", which is not among the endpoints; name that address, too, if it is the same Marathon.");

    public static MesosDockerException LeadsInCircles(MarathonReply reply)
        => new(
            OfAgent(reply.Request, Fault.MarathonAnswerInvalid),
            $"{reply.Endpoint} sends who wants to {reply.Request.Doing} from one address to the next, without end.");

    /// <summary>It refused.</summary>
    /// <param name="missing">What a 404 means.</param>
    public static MesosDockerException Refused(MarathonReply reply, Fault missing)
    {
        MarathonRefusal said = MarathonRefusal.Of(reply);
        return new MesosDockerException(OfAgent(reply.Request, FaultOf(reply, said, missing)), SentenceOf(reply, said, missing)) { Detail = said };
    }

    private static Fault FaultOf(MarathonReply reply, MarathonRefusal said, Fault missing) => reply.Status switch
    {
        401 => Fault.MarathonAccessDenied,

        // Marathon says it also of one deployment too many.
        403 when said.Message?.Contains("deployments", StringComparison.OrdinalIgnoreCase) == true => Fault.MarathonRejected,
        403 => Fault.MarathonAccessDenied,
        404 when said.IsOfMarathon => missing,
        400 when missing == Fault.TaskNotFound && Says(said, "task id") => missing,
        404 => Fault.MarathonAnswerInvalid,
        409 when said.Deployments.Count > 0 || Says(said, "locked") => Fault.AppLocked,
        409 when Says(said, "already") => Fault.AppExists,
        400 or 422 when said.Findings.Count > 0 || Says(said, "invalid") => Fault.DefinitionInvalid,
        422 when said.IsOfMarathon => Fault.DefinitionInvalid,
        502 or 503 or 504 => Fault.MarathonUnreachable,
        >= 300 when !said.IsOfMarathon && IsPage(reply) => Fault.MarathonAnswerInvalid,
        _ => Fault.MarathonRejected,
    };

    private static string SentenceOf(MarathonReply reply, MarathonRefusal said, Fault missing)
    {
        string words = said.Deployments.Count > 0 ? $"it is locked by {string.Join(", ", said.Deployments.Select(static id => $"the deployment '{id}'"))}"
            : Details(said) is { Length: > 0 } details ? $"{said.Message ?? "not valid"}: {details}"
            : said.Message ?? (IsPage(reply) ? "it answers with a web page, not as a Marathon does" : "it gives no reason");
        string next = reply.Status switch
        {
            409 when said.Deployments.Count > 0
                => " Wait-MesosDockerDeployment waits for that, Stop-MesosDockerDeployment takes it back, and -Force overrides it.",
            404 when said.IsOfMarathon => ListOf(reply.Request, missing),
            401 => " It wants a name and password, or a token (Connect-MesosDocker -Credential or -Token;"
                + " for an embedded cluster, -WorkDirectory).",
            403 when FaultOf(reply, said, Fault.MarathonRejected) == Fault.MarathonAccessDenied => " This user may not do that.",
            502 or 503 or 504 => " It may have no leader at the moment; try again.",
            _ => "",
        };
        return $"{Who(reply.Request)} at {reply.Endpoint} refused to {reply.Request.Doing} ({reply.Status}): "
            + $"{words.TrimEnd('.')}.{next}";
    }

    private static string ListOf(MarathonRequest request, Fault missing) => missing switch
    {
        Fault.AppNotFound when request.Target.StartsWith("v2/groups", StringComparison.Ordinal) => " Get-MesosDockerGroup lists those that are there.",
        Fault.AppNotFound => " Get-MesosDockerApp lists those that are there.",
        Fault.TaskNotFound => " Get-MesosDockerTask lists those that are there.",
        Fault.DeploymentNotFound => " One that is over is not listed; Get-MesosDockerDeployment lists the others.",
        _ => "",
    };

    private static string Details(MarathonRefusal said)
        => string.Join("; ", said.Findings.Take(10).Select(static finding => finding.Path == "/" ? finding.Message : finding.ToString()))
            + (said.Findings.Count > 10 ? "; and more" : "");

    private static bool Says(MarathonRefusal said, string word)
        => said.Message?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsPage(MarathonReply reply) => reply.Body.Span.TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    private static string Who(MarathonRequest request) => request.IsForAgent ? "The Mesos agent" : "The Marathon";

    private static string WhatToDo(MarathonRequest request)
        => request.IsForAgent ? "Is that machine up, and may this one reach it?" : OtherMarathons;

    private static Fault OfAgent(MarathonRequest request, Fault fault) => !request.IsForAgent ? fault : fault switch
    {
        Fault.MarathonUnreachable => Fault.AgentUnreachable,
        Fault.MarathonAccessDenied or Fault.MarathonRejected or Fault.MarathonAnswerInvalid or Fault.DefinitionInvalid
            => Fault.AgentRejected,
        _ => fault,
    };

    private static string WhyNotConnected(Exception cause) => cause switch
    {
        OperationCanceledException => "it does not answer",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
            => "no TLS comes about with it; is it http, not https",
        HttpRequestException { InnerException: SocketException e } => WhyNotConnected(e.SocketErrorCode),
        _ => "no connection comes about",
    };

    private static string WhyNotConnected(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "nothing listens there",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown => "there is no way to it",
        SocketError.TimedOut => "it does not answer",
        SocketError.ConnectionReset => "it broke the connection off",
        _ => $"{error}",
    };
}
