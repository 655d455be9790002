using Google.Protobuf;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;
using Executor = MesosDocker.Adapters.Wire.Protocol.Executor;
using External = MesosDocker.Adapters.Wire.Protocol.External;
using Protocol = MesosDocker.Adapters.Wire.Protocol;

namespace MesosDocker.Core.Tests;

/// <summary>
/// Our own encoding judged by Google.Protobuf and the .proto files: what we write goes through its classes, without fields it does not
/// know, and comes back as it was. What is random is printed by its seed.
/// </summary>
public sealed class WireJudgeTests
{
    private const int Rounds = 250;

    // Member by member, which takes half a second each.
    private const int ComparedRounds = 10;

    [Fact]
    public void Launch_ComesBackFromTheJudge_AsItWas()
        => Judge(MakeLaunch, MesosCodec.EncodeLaunch, static bytes => MesosCodec.DecodeLaunch(bytes), External.Launch.Parser);

    [Fact]
    public void Update_ComesBackFromTheJudge_AsItWas() => Judge(
        static random => new Update(Id(random), MakeResources(random)),
        MesosCodec.EncodeUpdate,
        static bytes => MesosCodec.DecodeUpdate(bytes),
        External.Update.Parser);

    [Fact]
    public void Termination_ComesBackFromTheJudge_AsItWas()
        => Judge(MakeTermination, MesosCodec.EncodeTermination, static bytes => MesosCodec.DecodeTermination(bytes), External.Termination.Parser);

    [Fact]
    public void Usage_ComesBackFromTheJudge_AsItWas()
        => Judge(MakeUsage, MesosCodec.EncodeUsage, static bytes => MesosCodec.DecodeUsage(bytes), Protocol.ResourceStatistics.Parser);

    [Fact]
    public void Containers_ComeBackFromTheJudge_AsTheyWere() => Judge(
        static random => Many(random, Id),
        static ids => MesosCodec.EncodeContainers(ids),
        static bytes => MesosCodec.DecodeContainers(bytes),
        External.Containers.Parser);

    [Theory]
    [InlineData(null, null, "local")]
    [InlineData(null, "rexray", "rexray")]
    [InlineData("own", "rexray", "own")]
    public void Volume_ThatIsNamed_HasADriver(string? driver, string? general, string expected)
    {
        var source = new Protocol.Volume.Types.Source.Types.DockerVolume { Name = "v" };
        var docker = new Protocol.ContainerInfo.Types.DockerInfo { Image = "i" };
        if (driver is not null)
        {
            source.Driver = driver;
        }

        if (general is not null)
        {
            docker.VolumeDriver = general;
        }

        var launch = new External.Launch
        {
            ContainerId = new Protocol.ContainerID { Value = "c" },
            TaskInfo = new Protocol.TaskInfo
            {
                Name = "n",
                TaskId = new Protocol.TaskID { Value = "t" },
                SlaveId = new Protocol.SlaveID { Value = "S" },
                Container = new Protocol.ContainerInfo
                {
                    Type = Protocol.ContainerInfo.Types.Type.Docker,
                    Docker = docker,
                    Volumes =
                    {
                        new Protocol.Volume
                        {
                            ContainerPath = "/v",
                            Mode = Protocol.Volume.Types.Mode.Rw,
                            Source = new Protocol.Volume.Types.Source
                            {
                                Type = Protocol.Volume.Types.Source.Types.Type.DockerVolume, DockerVolume = source,
                            },
                        },
                    },
                },
            },
        };

        Volume read = MesosCodec.DecodeLaunch(launch.ToByteArray()).Task!.Container!.Volumes[0];

        Assert.Equal(("v", expected), (read.HostPath, read.Driver));
    }

    [Fact]
    public void StatusUpdate_SaysTheSame_ToTheJudge()
    {
        var status = new StatusUpdate
        {
            TaskId = "t",
            State = TaskState.Failed,
            Message = "Out of memory",
            Reason = StatusReason.ContainerLimitationMemory,
            Uuid = Guid.NewGuid(),
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500),
            Healthy = false,
            Data = [1, 2, 3],
            IpAddresses = ["172.17.0.2", "10.0.0.1"],
            Labels = [new Label("a", "b")],
        };

        Executor.Call call = Executor.Call.Parser.ParseFrom(MesosCodec.EncodeStatusUpdate(new ExecutorIdentity("F", "E"), status));

        Protocol.TaskStatus told = call.Update.Status;
        Assert.Equal(("F", "E", Executor.Call.Types.Type.Update), (call.FrameworkId.Value, call.ExecutorId.Value, call.Type));
        Assert.Equal(("t", Protocol.TaskState.TaskFailed, "Out of memory"), (told.TaskId.Value, told.State, told.Message));
        Assert.Equal(Protocol.TaskStatus.Types.Reason.ContainerLimitationMemory, told.Reason);
        Assert.Equal(Protocol.TaskStatus.Types.Source.Executor, told.Source);
        Assert.Equal(status.Uuid, new Guid(told.Uuid.Span, bigEndian: true));
        Assert.Equal(1_700_000_000.5, told.Timestamp);
        Assert.True(told.HasHealthy && !told.Healthy);
        Assert.Equal(status.Data, told.Data.ToByteArray());
        Assert.Equal(status.IpAddresses, told.ContainerStatus.NetworkInfos[0].IpAddresses.Select(static ip => ip.IpAddress));
        Assert.Equal(("a", "b"), (told.Labels.Labels_[0].Key, told.Labels.Labels_[0].Value));
    }

    [Fact]
    public void Subscription_CarriesTheRawTask_WithFieldsWeDoNotKnow()
    {
        byte[] frame = File.ReadAllBytes(TestData.PathOf("ecp", "command-task", "0001-launch", "request.frame"))[4..];
        byte[] task = External.Launch.Parser.ParseFrom(frame).TaskInfo.ToByteArray();

        byte[] raw = MesosCodec.TaskOf(frame)!;
        Executor.Call call = Executor.Call.Parser.ParseFrom(MesosCodec.EncodeSubscribe(new ExecutorIdentity("F", "E"), [raw, raw], []));
        Executor.Call without = Executor.Call.Parser.ParseFrom(MesosCodec.EncodeSubscribe(new ExecutorIdentity("F", "E"), [], []));

        Assert.Equal([task, task], call.Subscribe.UnacknowledgedTasks.Select(static one => one.ToByteArray()));
        Assert.Empty(without.Subscribe.UnacknowledgedTasks);
    }

    [Fact]
    public void Events_AreUnderstood()
    {
        var task = new Protocol.TaskID { Value = "t" };
        var uuid = Guid.NewGuid();
        var framework = new Protocol.FrameworkInfo();
        framework.Capabilities.Add(new Protocol.FrameworkInfo.Types.Capability
        {
            Type = Protocol.FrameworkInfo.Types.Capability.Types.Type.TaskKillingState,
        });

        Assert.Equal(new ExecutorEvent.Subscribed(true), Decode(new Executor.Event
        {
            Type = Executor.Event.Types.Type.Subscribed,
            Subscribed = new() { FrameworkInfo = framework, ExecutorInfo = new() { ExecutorId = new() { Value = "E" } } },
        }));
        var launched = (ExecutorEvent.Launched)Decode(new Executor.Event
        {
            Type = Executor.Event.Types.Type.Launch, Launch = new() { Task = new() { Name = "n", TaskId = task, SlaveId = new() { Value = "S" } } },
        });
        Assert.Equal(("t", "n"), (launched.TaskId, MesosCodec.DecodeTask(launched.Task).Name));
        Assert.Equal(new ExecutorEvent.Kill("t", TimeSpan.FromSeconds(3)), Decode(new Executor.Event
        {
            Type = Executor.Event.Types.Type.Kill,
            Kill = new() { TaskId = task, KillPolicy = new() { GracePeriod = new() { Nanoseconds = 3_000_000_000 } } },
        }));
        Assert.Equal(new ExecutorEvent.Kill("t", null), Decode(new Executor.Event
        {
            Type = Executor.Event.Types.Type.Kill, Kill = new() { TaskId = task },
        }));
        Assert.Equal(new ExecutorEvent.Acknowledged("t", uuid), Decode(new Executor.Event
        {
            Type = Executor.Event.Types.Type.Acknowledged,
            Acknowledged = new() { TaskId = task, Uuid = ByteString.CopyFrom(uuid.ToByteArray(bigEndian: true)) },
        }));
        Assert.Equal(new ExecutorEvent.Failed("no"), Decode(new Executor.Event { Type = Executor.Event.Types.Type.Error, Error = new() { Message = "no" } }));
        Assert.Equal(new ExecutorEvent.Shutdown(), Decode(new Executor.Event { Type = Executor.Event.Types.Type.Shutdown }));
        Assert.Equal(new ExecutorEvent.Other(5), Decode(new Executor.Event
        {
            Type = Executor.Event.Types.Type.Message, Message = new() { Data = ByteString.CopyFromUtf8("x") },
        }));
    }

    [Fact]
    public void EveryRealFrame_MeansTheSame_ToTheJudge()
    {
        foreach (string path in Directory.EnumerateFiles(TestData.PathOf("ecp"), "request.frame", SearchOption.AllDirectories).Where(static p => p.Contains("launch")))
        {
            byte[] message = File.ReadAllBytes(path)[4..];
            External.Launch judged = External.Launch.Parser.ParseFrom(message);
            Launch launch = MesosCodec.DecodeLaunch(message);

            Assert.Equal(judged.ContainerId.Value, launch.ContainerId.Value);
            Assert.Equal(judged.Directory, launch.Directory);
            Assert.Equal(judged.ExecutorInfo.Command.Value, launch.Executor!.Command!.Value);
            Assert.Equal(judged.ExecutorInfo.Command.Arguments, launch.Executor.Command.Arguments);
            Assert.Equal(judged.TaskInfo?.Command?.Value, launch.Task?.Command?.Value);
            Assert.Equal(judged.ExecutorInfo.Resources.Single(static r => r.Name == "mem").Scalar.Value, (double)launch.Executor.Resources.Memory!);
        }
    }

    /// <summary>Cut at every byte, changed at random: the message is understood or refused with our own fault, and nothing else happens.</summary>
    [Fact]
    public void DamagedMessages_AreRefused_OrUnderstood()
    {
        var random = new Random(20260101);
        byte[] launch = MesosCodec.EncodeLaunch(MakeLaunch(random));
        for (int length = 0; length < launch.Length; length++)
        {
            TryAll(launch.AsSpan(0, length));
        }

        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = [.. launch];
            for (int i = random.Next(1, 8); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            TryAll(damaged);
        }

        for (int round = 0; round < 20_000; round++)
        {
            byte[] noise = new byte[random.Next(0, 200)];
            random.NextBytes(noise);
            TryAll(noise);
        }
    }

    [Fact]
    public void DeepNesting_CostsNothing()
    {
        // A message in a message in a message ... of fields that are not known, a million deep.
        var nested = new MemoryStream();
        for (int depth = 1_000_000; depth > 0; depth--)
        {
            nested.WriteByte(0x7a);
            nested.WriteByte(0x7f);
        }

        TryAll(nested.ToArray());
    }

    [Fact]
    public void ManyOfAField_AreRefused()
    {
        // An id, and an executor whose command has more URIs, of two bytes each, than any.
        byte[] uris = [.. Enumerable.Repeat((byte[])[0x0a, 0], 20_000).SelectMany(static field => field)];
        var launch = new External.Launch { ContainerId = new() { Value = "c" }, ExecutorInfo = new() { ExecutorId = new() { Value = "e" } } };
        launch.ExecutorInfo.Command = Protocol.CommandInfo.Parser.ParseFrom(uris);

        var e = Assert.Throws<MesosDockerException>(() => MesosCodec.DecodeLaunch(launch.ToByteArray()));

        Assert.Equal(Fault.MessageInvalid, e.Fault);
        Assert.Contains("10000", e.Message);
    }

    /// <summary>It would become a path, an argument or a variable.</summary>
    [Fact]
    public void TextWithANul_IsRefused()
    {
        byte[] message = MesosCodec.EncodeLaunch(new Launch { ContainerId = ContainerId.Parse("c"), AgentId = "S", Directory = "/a\0b" });

        Assert.Equal(Fault.MessageInvalid, Assert.Throws<MesosDockerException>(() => MesosCodec.DecodeLaunch(message)).Fault);
    }

    private static void TryAll(ReadOnlySpan<byte> message)
    {
        byte[] bytes = message.ToArray();
        Action[] decoders =
        [
            () => MesosCodec.DecodeLaunch(bytes),
            () => MesosCodec.DecodeUpdate(bytes),
            () => MesosCodec.DecodeContainerId(bytes),
            () => MesosCodec.DecodeTermination(bytes),
            () => MesosCodec.DecodeUsage(bytes),
            () => MesosCodec.DecodeContainers(bytes),
            () => MesosCodec.DecodeExecutorEvent(bytes),
        ];
        foreach (Action decode in decoders)
        {
            try
            {
                decode();
            }
            catch (MesosDockerException e) when (e.Fault is Fault.MessageInvalid or Fault.ContainerIdInvalid)
            {
            }
        }
    }

    private static ExecutorEvent Decode(Executor.Event message) => MesosCodec.DecodeExecutorEvent(message.ToByteArray());

    private static void Judge<T, TMessage>(Func<Random, T> make, Func<T, byte[]> encode, Func<byte[], T> decode, MessageParser<TMessage> judge)
        where TMessage : IMessage<TMessage>
    {
        MessageParser<TMessage> strict = judge.WithDiscardUnknownFields(true);
        for (int seed = 0; seed < Rounds; seed++)
        {
            T value = make(new Random(seed));
            byte[] ours = encode(value);
            byte[] theirs = strict.ParseFrom(ours).ToByteArray();

            Assert.True(ours.Length == theirs.Length, $"Seed {seed}: {theirs.Length} of {ours.Length} bytes are left by the judge.");
            T back = decode(theirs);
            Assert.True(ours.AsSpan().SequenceEqual(encode(back)), $"Seed {seed}: what comes back is another message.");
            if (seed < ComparedRounds)
            {
                Assert.Equivalent(value, back, strict: true);
            }
        }
    }

    private static Launch MakeLaunch(Random random) => new()
    {
        ContainerId = Id(random),
        Task = Maybe(random, MakeTask),
        Executor = Maybe(random, MakeExecutor),
        Directory = Maybe(random, Text),
        User = Maybe(random, NotEmpty),
        AgentId = NotEmpty(random),
        AgentPid = Maybe(random, Text),
        Checkpoint = Flag(random),
    };

    private static TaskInfo MakeTask(Random random) => new()
    {
        Name = Text(random),
        TaskId = Text(random),
        Resources = MakeResources(random),
        Command = Maybe(random, MakeCommand),
        Container = Maybe(random, MakeContainer),
        HealthCheck = Maybe(random, MakeHealth),
        KillGrace = MaybeValue(random, static r => TimeSpan.FromMilliseconds(r.Next())),
        Labels = Many(random, MakeLabel),
    };

    private static ExecutorInfo MakeExecutor(Random random) => new()
    {
        ExecutorId = Text(random),
        FrameworkId = Maybe(random, Text),
        Name = Maybe(random, Text),
        Source = Maybe(random, Text),
        Resources = MakeResources(random),
        Command = MakeCommand(random),
        Container = Maybe(random, MakeContainer),
        ShutdownGrace = MaybeValue(random, static r => TimeSpan.FromMilliseconds(r.Next())),
        Labels = Many(random, MakeLabel),
    };

    private static CommandInfo MakeCommand(Random random) => new()
    {
        Value = Maybe(random, Text),
        Shell = Flag(random),
        Arguments = Many(random, Text),
        User = Maybe(random, NotEmpty),
        Environment = Many(random, static r => new EnvironmentVariable(Text(r), Text(r))),
        Uris = Many(random, static r => new CommandUri
        {
            Value = Text(r), Executable = Flag(r), Extract = Flag(r), Cache = Flag(r), OutputFile = Maybe(r, NotEmpty),
        }),
        Container = Maybe(random, static r => new LegacyContainer { Image = Text(r), Options = Many(r, Text) }),
    };

    private static ContainerInfo MakeContainer(Random random) => new()
    {
        Type = Flag(random) ? ContainerType.Docker : ContainerType.Mesos,
        Volumes = Many(random, MakeVolume),
        Docker = Maybe(random, MakeDocker),
        Hostname = Maybe(random, NotEmpty),
        NetworkName = Maybe(random, Text),
    };

    private static Volume MakeVolume(Random random)
    {
        bool named = Flag(random);
        return new Volume
        {
            ContainerPath = Text(random),
            HostPath = named ? NotEmpty(random) : Maybe(random, NotEmpty),
            ReadOnly = Flag(random),
            Driver = named ? NotEmpty(random) : null,
        };
    }

    private static DockerInfo MakeDocker(Random random) => new()
    {
        Image = Text(random),
        Network = (DockerNetwork)random.Next(1, 5),
        PortMappings = Many(random, static r => new PortMapping(r.Next(65536), r.Next(65536), Maybe(r, Text))),
        Privileged = Flag(random),
        Parameters = Many(random, static r => new Parameter(Text(r), Text(r))),
        ForcePullImage = Flag(random),
    };

    private static HealthCheck MakeHealth(Random random) => new()
    {
        Http = Maybe(random, static r => new HttpCheck
        {
            Port = r.Next(65536), Path = Text(r), Scheme = Text(r), Statuses = Many(r, static s => s.Next(600)),
        }),
        Tcp = Maybe(random, static r => new TcpCheck(r.Next(65536))),
        Command = Maybe(random, MakeCommand),
        Delay = TimeSpan.FromMilliseconds(random.Next(1_000_000)),
        Interval = TimeSpan.FromMilliseconds(random.Next(1_000_000)),
        Timeout = TimeSpan.FromMilliseconds(random.Next(1_000_000)),
        ConsecutiveFailures = random.Next(),
        GracePeriod = TimeSpan.FromMilliseconds(random.Next(1_000_000)),
    };

    private static Termination MakeTermination(Random random) => new()
    {
        Killed = Flag(random),
        Message = Text(random),
        Status = MaybeValue(random, static r => new WaitStatus(r.Next(65536))),
        State = Any<TaskState>(random),
        Reasons = Many(random, Any<StatusReason>),
    };

    private static ResourceStatistics MakeUsage(Random random)
    {
        long? bytes = MaybeValue(random, static r => r.NextInt64());
        return new ResourceStatistics
        {
            Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(random.Next()),
            Processes = MaybeValue(random, static r => r.Next()),
            Threads = MaybeValue(random, static r => r.Next()),
            CpusUserTimeSeconds = MaybeValue(random, static r => r.NextDouble()),
            CpusSystemTimeSeconds = MaybeValue(random, static r => r.NextDouble()),
            CpusLimit = MaybeValue(random, static r => r.NextDouble()),
            CpusPeriods = MaybeValue(random, static r => (long)r.Next()),
            CpusThrottledPeriods = MaybeValue(random, static r => (long)r.Next()),
            CpusThrottledTimeSeconds = MaybeValue(random, static r => r.NextDouble()),
            MemoryTotalBytes = bytes,
            MemoryLimitBytes = MaybeValue(random, static r => r.NextInt64()),
            MemorySoftLimitBytes = MaybeValue(random, static r => r.NextInt64()),
            MemoryRssBytes = MaybeValue(random, static r => r.NextInt64()),
            MemoryCacheBytes = MaybeValue(random, static r => r.NextInt64()),
            MemoryMappedFileBytes = MaybeValue(random, static r => r.NextInt64()),
            MemorySwapBytes = MaybeValue(random, static r => r.NextInt64()),
            MemoryUnevictableBytes = MaybeValue(random, static r => r.NextInt64()),
            DiskLimitBytes = MaybeValue(random, static r => r.NextInt64()),
            DiskUsedBytes = MaybeValue(random, static r => r.NextInt64()),
            Network = Maybe(random, static r => new NetworkStatistics
            {
                RxPackets = r.NextInt64(),
                RxBytes = r.NextInt64(),
                RxErrors = r.NextInt64(),
                RxDropped = r.NextInt64(),
                TxPackets = r.NextInt64(),
                TxBytes = r.NextInt64(),
                TxErrors = r.NextInt64(),
                TxDropped = r.NextInt64(),
            }),
        };
    }

    private static Resources MakeResources(Random random) => new()
    {
        Cpus = MaybeValue(random, static r => r.Next(100_000) / 1000m),
        Memory = MaybeValue(random, static r => (decimal)r.Next(1_000_000)),
        Disk = MaybeValue(random, static r => (decimal)r.Next(1_000_000)),
        Gpus = MaybeValue(random, static r => (decimal)r.Next(16)),
        Ports = Many(random, static r =>
        {
            int begin = r.Next(65536);
            return new PortRange(begin, r.Next(begin, 65536));
        }),
    };

    private static Label MakeLabel(Random random) => new(Text(random), Text(random));

    private static ContainerId Id(Random random) => ContainerId.Parse($"c{random.Next()}");

    private static bool Flag(Random random) => random.Next(2) == 0;

    private static T Any<T>(Random random)
        where T : struct, Enum
    {
        T[] values = Enum.GetValues<T>();
        return values[random.Next(values.Length)];
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => "aZ0 /:=\"é漢\n"[random.Next(11)]));

    private static string NotEmpty(Random random) => "x" + Text(random);

    private static T? Maybe<T>(Random random, Func<Random, T> make)
        where T : class
        => Flag(random) ? make(random) : null;

    private static T? MaybeValue<T>(Random random, Func<Random, T> make)
        where T : struct
        => Flag(random) ? make(random) : null;

    private static IReadOnlyList<T> Many<T>(Random random, Func<Random, T> make)
        => [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => make(random))];
}
