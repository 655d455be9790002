using System.Collections;
using System.Reflection;
using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

public sealed class DockerRunWriterTests
{
    [Theory]
    [InlineData("busybox", "docker run busybox")]
    [InlineData("-it --rm busybox sh -c 'a b'", "docker run --rm --interactive --tty busybox sh -c 'a b'")]
    [InlineData("-c 512 -m 64m -e A='b c' --net host busybox", "docker run '--env=A=b c' --network=host --cpu-shares=512 --memory=64m busybox")]
    [InlineData("-p 1:80 -p 2:81 -p 3:82 -p 53:53/udp -p 127.0.0.1::90 x", "docker run --publish=1-3:80-82 --publish=127.0.0.1::90 --publish=53:53/udp x")]
    [InlineData("-p 1:80 -p 2:80 -p 3:81 x", "docker run --publish=1:80 --publish=2:80 --publish=3:81 x")]
    [InlineData("--expose 7000-7002 --expose 7001/udp -p 7001 x", "docker run --publish=7001 --expose=7000 --expose=7002 --expose=7001/udp x")]
    [InlineData("--privileged=false --init=false x", "docker run --init=false --privileged=false x")]
    [InlineData("-l b=1 -l a=2 x", "docker run --label=a=2 --label=b=1 x")]
    [InlineData("--network name=mine,ip=10.0.0.2,driver-opt=a=b x", "docker run --network=name=mine,driver-opt=a=b --ip=10.0.0.2 x")]
    [InlineData("--network one --network name=two,alias=t x", "docker run --network=one --network=name=two,alias=t x")]
    [InlineData("--gpus all --gpus '\"device=0,1\"' x", "docker run --gpus=all '--gpus=\"device=0,1\"' x")]
    [InlineData("--health-interval 90s --health-timeout 1500ms x", "docker run --health-interval=90s --health-timeout=1500ms x")]
    [InlineData("--cpus 1.50 --shm-size 1.5g x", "docker run --shm-size=1536m --cpus=1.5 x")]
    [InlineData("-- -odd", "docker run -- -odd")]
    [InlineData("-i -a stdin -a stderr x", "docker run --interactive --attach=stderr x")]
    [InlineData("-a stdin x", "docker run --attach=stdin x")]
    public void Write_GivesOneWayToSayIt(string line, string expected)
        => Assert.Equal(expected, ShellWords.Join(DockerRunWriter.Write(DockerRunParser.Parse(ShellWords.Split(line), NoRunFiles.Instance))));

    [Fact]
    public void WriteOptions_NeedsNoImage()
        => Assert.Equal(["--rm"], DockerRunWriter.WriteOptions(DockerRunParser.ParseOptions(["--rm"], NoRunFiles.Instance)));

    [Fact]
    public void Write_WithoutAnImage_IsImpossible()
        => Assert.Contains("Image", Assert.Throws<MesosDockerException>(() => DockerRunWriter.Write(new DockerRun())).Message);

    public static TheoryData<string, ContainerSpec> Unsayable => new()
    {
        { "Entrypoint", new ContainerSpec { Entrypoint = ["a", "b"] } },
        { "Healthcheck", new ContainerSpec { Healthcheck = new HealthcheckSpec { Test = ["CMD", "a"] } } },
        { "StdinOnce", new ContainerSpec { StdinOnce = true } },
        { "AttachStdin", new ContainerSpec { OpenStdin = true, AttachStdin = false } },
        { "HostConfig.MaskedPaths", new ContainerSpec { HostConfig = new HostConfig { MaskedPaths = ["/proc"] } } },
        { "HostConfig.MaskedPaths", new ContainerSpec { HostConfig = new HostConfig { MaskedPaths = [] } } },
        {
            "HostConfig.Mounts",
            new ContainerSpec
            {
                HostConfig = new HostConfig
                {
                    Mounts = [new MountSpec { Type = "bind", Target = "/a", BindOptions = new BindOptions { CreateMountpoint = true } }],
                },
            }
        },
        { "wants a target", new ContainerSpec { HostConfig = new HostConfig { Mounts = [new MountSpec { Type = "bind" }] } } },
        { "HostConfig.DeviceRequests", new ContainerSpec { HostConfig = new HostConfig { DeviceRequests = [new DeviceRequest { Count = 1 }] } } },
        {
            "NetworkingConfig.EndpointsConfig.two",
            new ContainerSpec
            {
                HostConfig = new HostConfig { NetworkMode = "one" },
                NetworkingConfig = new NetworkingConfig
                {
                    EndpointsConfig = new Dictionary<string, EndpointSpec> { ["one"] = new(), ["two"] = new() { Aliases = ["Capital"] } },
                },
            }
        },
        { "--label does not take", new ContainerSpec { Labels = new Dictionary<string, string> { [""] = "x" } } },
    };

    [Theory]
    [MemberData(nameof(Unsayable))]
    public void Write_OfWhatNoOptionSays_NamesIt(string named, ContainerSpec container)
    {
        DockerRun run = new() { Container = container with { Image = "busybox" } };

        var e = Assert.Throws<MesosDockerException>(() => DockerRunWriter.Write(run));
        IReadOnlyList<string> words = DockerRunWriter.Write(run, out IReadOnlyList<string> unsaid);

        Assert.Equal(Fault.OptionImpossible, e.Fault);
        Assert.Contains(named, e.Message);
        Assert.NotEmpty(unsaid);
        Assert.Equal("busybox", words[^1]);
    }

    /// <summary>A field that is added to the API's records and to no option must not vanish from what is written.</summary>
    [Fact]
    public void Write_LosesNoFieldInSilence()
    {
        PropertyInfo[] ofContainer = [.. typeof(ContainerSpec).GetProperties().Where(p => p.CanWrite && p.Name is not ("HostConfig" or "Image"))];
        PropertyInfo[] ofHost = [.. typeof(HostConfig).GetProperties().Where(p => p.CanWrite)];
        foreach (PropertyInfo property in ofContainer.Concat(ofHost))
        {
            var container = new ContainerSpec { Image = "busybox" };
            object target = property.DeclaringType == typeof(HostConfig) ? container.HostConfig : container;
            property.SetValue(target, Sample(property.PropertyType));

            IReadOnlyList<string> words = DockerRunWriter.Write(new DockerRun { Container = container }, out IReadOnlyList<string> unsaid);

            Assert.True(words.Count > 3 || unsaid.Count > 0, property.Name);
        }
    }

    private static object Sample(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) ? "host"
            : plain == typeof(bool) ? true
            : plain.IsPrimitive ? Convert.ChangeType(1, plain, null)
            : typeof(IEnumerable).IsAssignableFrom(plain) ? SampleList(plain)
            : Fill(plain);
    }

    private static object SampleList(Type type)
    {
        Type[] arguments = type.GetGenericArguments();
        if (arguments.Length == 1)
        {
            Array array = Array.CreateInstance(arguments[0], 1);
            array.SetValue(Sample(arguments[0]), 0);
            return array;
        }

        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        map["net.a"] = Sample(arguments[1]);
        return map;
    }

    private static object Fill(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        object made = constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p.ParameterType))]);
        foreach (PropertyInfo property in type.GetProperties().Where(p => p.CanWrite))
        {
            property.SetValue(made, Sample(property.PropertyType));
        }

        return made;
    }
}
