using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Rules of one service by itself.</summary>
internal static class ServiceRules
{
    private static readonly string[] s_tests = ["CMD", "CMD-SHELL", "NONE"];

    public static void Check(ComposeService service, SourceMap said, FieldPath path, ReadingState state)
    {
        CheckImage(service, said, path);
        CheckScale(service, said, path, state);
        if (said["network_mode"] is { } mode && said["networks"] is SourceMap { Fields.Count: > 0 })
        {
            throw path.Refuse(mode.Mark, "has network_mode and networks, of which it may have one");
        }

        if (said["healthcheck"] is SourceMap check && check["test"] is SourceList test && !(test.Items is [SourceScalar first, ..] && s_tests.Contains(first.Value)))
        {
            throw path["healthcheck"]["test"].Refuse(test.Mark, $"must begin with one of {string.Join(", ", s_tests)}");
        }

        foreach ((string name, ComposeUlimit limit) in service.Ulimits)
        {
            if (limit.Soft > limit.Hard && limit.Hard >= 0)
            {
                throw path["ulimits"][name].Refuse(said["ulimits"]!.Mark, $"has the soft limit {limit.Soft}, which is above the hard limit {limit.Hard}");
            }
        }
    }

    private static void CheckImage(ComposeService service, SourceMap said, FieldPath path)
    {
        if (service.Image is null && service.Build is null && service.Provider is null)
        {
            throw path.Refuse(said.Mark, "needs image or build");
        }

        if (service.Build is { } build)
        {
            if (build.Dockerfile is not null && build.DockerfileInline is not null)
            {
                throw path["build"].Refuse(said["build"]!.Mark, "has dockerfile and dockerfile_inline, of which it may have one");
            }

            if (build.Platforms.Count > 0 && service.Platform is { } platform && !build.Platforms.Contains(platform))
            {
                throw path["build"]["platforms"].Refuse(said["build"]!.Mark, $"must have the service's own platform '{Printable.Of(platform, 60)}' among them");
            }

            if (service.Image is null && service.Name.Any(char.IsAsciiLetterUpper))
            {
                throw path.Refuse(said.Mark, "has upper-case letters in its name, which the name of the image that is built cannot have; give it an image");
            }
        }
    }

    private static void CheckScale(ComposeService service, SourceMap said, FieldPath path, ReadingState state)
    {
        SourceNode? scale = said["scale"];
        SourceNode? replicas = (said["deploy"] as SourceMap)?["replicas"];
        if (scale is SourceScalar one && replicas is SourceScalar other && Scalars.ReadNumber(one) != Scalars.ReadNumber(other))
        {
            throw path["scale"].Refuse(one.Mark, $"is {one.Value}, and deploy.replicas is {other.Value}; where both are there they must be equal");
        }

        SourceNode? number = scale ?? replicas;
        FieldPath at = scale is not null ? path["scale"] : path["deploy"]["replicas"];
        if (service.Replicas < 0)
        {
            throw at.Refuse(number!, "0 or more");
        }

        if (service.Replicas > 1 && service.ContainerName is not null)
        {
            throw at.Refuse(number!.Mark, $"is {service.Replicas}, and container_name '{service.ContainerName}' can be that of one container only");
        }

        if (service.Replicas > 1 && service.Ports.FirstOrDefault(static port => !port.IsDynamic) is { } port)
        {
            state.Warn(said["ports"]!.Mark, $"{path}.ports publishes {port} on a fixed port of the host, which {service.Replicas} replicas cannot share.");
        }
    }
}
