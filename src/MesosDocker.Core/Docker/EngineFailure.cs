using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>Every way in which the engine can fail us, as a <see cref="Fault"/> and a sentence.</summary>
internal static class EngineFailure
{
    private const string WhatToDo =
        "Is dockerd running there (systemctl status docker)? DOCKER_HOST or the option --host names another.";

    /// <summary>No connection came about.</summary>
    public static MesosDockerException FromConnecting(EngineEndpoint endpoint, SocketException cause)
    {
        if (cause.SocketErrorCode == SocketError.AccessDenied)
        {
            return new MesosDockerException(
                Fault.EngineAccessDenied,
                $"The Docker engine at {endpoint} may not be used by this user: run this as root, or put the user into the group "
                + "that owns the socket (usually 'docker').",
                cause);
        }

        string why = cause.SocketErrorCode switch
        {
            SocketError.AddressNotAvailable when endpoint is UnixEndpoint => "there is no such socket",
            SocketError.ConnectionRefused => "nothing listens there",
            SocketError.HostNotFound or SocketError.NoData => "its name is not known",
            SocketError.TryAgain when endpoint is TcpEndpoint => "its name cannot be looked up",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown => "there is no way to it",
            SocketError.TimedOut => "it does not answer",
            SocketError.ConnectionReset => "it broke the connection off",
            _ => string.Create(CultureInfo.InvariantCulture, $"{cause.SocketErrorCode}, error {cause.NativeErrorCode}"),
        };
        return new MesosDockerException(
            Fault.EngineUnreachable, $"The Docker engine at {endpoint} cannot be reached: {why}. {WhatToDo}", cause);
    }

    /// <summary>None of several endpoints let us in.</summary>
    public static MesosDockerException FromAll(IReadOnlyList<MesosDockerException> refusals)
    {
        bool denied = refusals.Any(static one => one.Fault == Fault.EngineAccessDenied);
        return refusals is [var only] ? only : new MesosDockerException(
            denied ? Fault.EngineAccessDenied : Fault.EngineUnreachable,
            string.Join(' ', refusals.Select(static one => one.Message)));
    }

    public static MesosDockerException TooLate(EngineEndpoint endpoint, string action, TimeSpan limit)
        => new(
            Fault.EngineUnreachable,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The Docker engine at {endpoint} did not answer within {limit.TotalSeconds:0.###} seconds (wanted: {action}). ")
            + WhatToDo);

    public static MesosDockerException Invalid(EngineEndpoint endpoint, string action, string why, Exception? cause = null)
    {
        string sentence = $"What the Docker engine at {endpoint} answers is not valid (wanted: {action}): {why}. "
            + $"Is it really an engine there, and was it not just stopped?{AboutCertificates(endpoint)}";
        return cause is null
            ? new MesosDockerException(Fault.EngineAnswerInvalid, sentence)
            : new MesosDockerException(Fault.EngineAnswerInvalid, sentence, cause);
    }

    /// <summary>What <see cref="HttpMessageInvoker"/> and response streams throw for a connection that fails.</summary>
    public static bool IsOfTransport(Exception e) => e is HttpRequestException or IOException or SocketException;

    /// <summary>The connection failed before, in or after the headers of an answer.</summary>
    public static MesosDockerException FromTransport(EngineEndpoint endpoint, string action, Exception cause)
        => WhileConnecting(cause) ?? ErrorOf(cause) switch
        {
            HttpRequestError.ResponseEnded => Invalid(endpoint, action, "the connection ended before the answer did", cause),
            HttpRequestError.InvalidResponse => Invalid(endpoint, action, "it is not HTTP", cause),
            HttpRequestError.ConfigurationLimitExceeded => Invalid(endpoint, action, "its headers are too long", cause),
            _ => new MesosDockerException(
                Fault.EngineUnreachable,
                $"The Docker engine at {endpoint} broke the connection off (wanted: {action}). "
                + WhatToDo + AboutCertificates(endpoint),
                cause),
        };

    /// <summary>Our own sentence, thrown while connecting and wrapped on its way up.</summary>
    public static MesosDockerException? WhileConnecting(Exception? cause)
    {
        while (cause is not null and not MesosDockerException)
        {
            cause = cause.InnerException;
        }

        return cause as MesosDockerException;
    }

    /// <summary>The engine answered, and said no.</summary>
    public static MesosDockerException FromAnswer(EngineEndpoint endpoint, EngineRequest request, int status, byte[] body)
        => FromWords(endpoint, request, status, WordsOf(status, body));

    public static MesosDockerException FromWords(EngineEndpoint endpoint, EngineRequest request, int status, string words)
    {
        Fault fault = request.Judge?.Invoke(status, words) ?? Judge(status, words, request.Missing);
        string said = EngineWords.Sentence(EngineWords.Redact(words, request.Secrets));
        string next = fault switch
        {
            Fault.ContainerNotFound => " 'docker ps -a' lists those that are there.",
            Fault.ContainerNotRunning => " 'docker ps -a' shows how it ended.",
            Fault.NetworkNotFound => " 'docker network ls' lists those that are there.",
            Fault.VolumeNotFound => " 'docker volume ls' lists those that are there.",
            Fault.PullFailed or Fault.PushFailed => " Look at the registry and the way to it from the engine's machine, and try again.",
            Fault.ImageNotFound => " Correct its name, or see to it that it is there.",
            Fault.EngineConflict => " 'docker ps -a' shows what may be in the way.",
            Fault.EngineAccessDenied => " Whoever runs the engine must allow it.",
            Fault.RegistryDenied => " Give the credentials of an account that may (docker login), and look at the name.",
            Fault.EngineAnswerInvalid => " Is it really a Docker engine there?",
            Fault.EngineRejected when status >= 500 => " The engine's log may say more (journalctl -u docker).",
            Fault.EngineRejected => " Correct what it names.",
            _ => "",
        };
        return new MesosDockerException(fault, $"The Docker engine at {endpoint} could not {request.Action}: {said}{next}");
    }

    /// <param name="missing">What a 404 means that does not say itself what is missing.</param>
    public static Fault Judge(int status, string words, Fault missing) => status switch
    {
        401 or 403 => Fault.EngineAccessDenied,
        404 when Says(words, "no such container") => Fault.ContainerNotFound,
        404 when Says(words, "no such image") => Fault.ImageNotFound,
        404 => missing,

        // Mostly 409; engines before 17.07, and a container that ended just now, get a 500.
        409 or 500 when Says(words, "container") && Says(words, "is not running") => Fault.ContainerNotRunning,
        409 => Fault.EngineConflict,
        < 400 => Fault.EngineAnswerInvalid,
        _ => Fault.EngineRejected,
    };

    /// <summary>A refusal because of the version in the path: the engine was replaced by an older or newer one.</summary>
    public static bool IsAboutVersion(int status, string words)
        => status == 400 && (Says(words, "is too old. minimum supported api version")
            || Says(words, "is too new. maximum supported api version")
            || Says(words, "client is newer than server"));

    /// <summary>The engine's own words: <c>message</c> of an object, else the text as it is.</summary>
    public static string WordsOf(int status, byte[] body)
    {
        string words;
        try
        {
            words = JsonText.Read(body, static json => json.Text("message")) ?? "";
        }
        catch (JsonException)
        {
            words = Encoding.UTF8.GetString(body);
        }

        words = EngineWords.Clean(words);
        return words.Length > 0 ? words : string.Create(CultureInfo.InvariantCulture, $"it answers {status} and no word");
    }

    /// <summary>TLS 1.3 tells a client only after the handshake that its certificate will not do, often by ending the
    /// connection.</summary>
    private static string AboutCertificates(EngineEndpoint endpoint) => endpoint is TcpEndpoint { Tls: not null }
        ? " It may also want another client certificate (--tlscert and --tlskey, or cert.pem and key.pem in DOCKER_CERT_PATH)."
        : "";

    private static HttpRequestError ErrorOf(Exception cause) => cause switch
    {
        HttpIOException io => io.HttpRequestError,
        HttpRequestException { InnerException: HttpIOException io } => io.HttpRequestError,
        HttpRequestException http => http.HttpRequestError,
        _ => HttpRequestError.Unknown,
    };

    private static bool Says(string words, string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
}
