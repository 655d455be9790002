using System.Globalization;
using MesosDocker.Docker;

namespace MesosDocker.TestKit;

/// <summary>
/// Option lines of <c>docker run</c>, made up from a seed. Most of them make sense; some hold options that exclude each other.
/// </summary>
public sealed class RandomRunLines(int seed)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string Oddities = " \t\n'\"\\$`,;:=#~*?[]{}()<>|&!%^-_.éß😀";

    private static readonly string[] s_sizeUnits = ["", "b", "k", "K", "m", "MB", "MiB", "g", "gb", "t"];
    private static readonly string[] s_timeUnits = ["ns", "us", "µs", "ms", "s", "m", "h"];
    private static readonly string[] s_protocols = ["", "/tcp", "/udp", "/sctp"];
    private static readonly string[] s_networks = ["mine", "other", "Net_1", "a.b-c"];

    private readonly Random _random = new(seed);

    private readonly Dictionary<string, Func<RandomRunLines, string>> _values = new()
    {
        ["detach-keys"] = r => r.Pick("ctrl-a,b", "ctrl-@", "x"),
        ["name"] = r => r.Name(),
        ["platform"] = r => r.Pick("linux/amd64", "linux/arm64", "linux"),
        ["pull"] = r => r.Pick("always", "missing", "never"),
        ["cidfile"] = r => "/nowhere/" + r.Name(),
        ["attach"] = r => r.Pick("stdin", "STDOUT", "stderr"),
        ["entrypoint"] = r => r.Text(),
        ["workdir"] = r => r.Path(),
        ["user"] = r => r.Pick("root", "1000:1000", "nobody", ""),
        ["group-add"] = r => r.Name(),
        ["env"] = r => r.Pair(),
        ["label"] = r => r.Pair(),
        ["annotation"] = r => r.Pair(),
        ["hostname"] = r => r.Name(),
        ["domainname"] = r => r.Name(),
        ["network"] = r => r.Network(),
        ["network-alias"] = r => r.Name(),
        ["ip"] = r => r.Address4(),
        ["ip6"] = r => r.Address6(),
        ["link-local-ip"] = r => r.Pick("169.254.1.1", "fe80::1"),
        ["mac-address"] = r => r.Pick("92:d0:c6:0a:29:33", "92-D0-C6-0A-29-33", "92d0.c60a.2933"),
        ["link"] = r => r.Pick(r.Name(), $"{r.Name()}:{r.Name()}"),
        ["add-host"] = r => r.Pick($"{r.Name()}:{r.Address4()}", $"{r.Name()}=[{r.Address6()}]", $"{r.Name()}:host-gateway"),
        ["dns"] = r => r.Pick(r.Address4(), r.Address6()),
        ["dns-option"] = r => r.Pick("ndots:2", "use-vc", r.Name()),
        ["dns-search"] = r => r.Pick(".", $"{r.Name()}.example.org", "example.com."),
        ["publish"] = r => r.Publish(),
        ["expose"] = r => r.Port() + r.Pick(s_protocols),
        ["volume"] = r => r.Pick(r.Path(), $"{r.Path()}:{r.Path()}", $"{r.Name()}x:{r.Path()}:{r.Pick("ro", "rw,z", "nocopy")}"),
        ["volume-driver"] = r => r.Name(),
        ["volumes-from"] = r => r.Name(),
        ["mount"] = r => r.Mount(),
        ["tmpfs"] = r => r.Pick(r.Path(), r.Path() + ":size=64m,mode=1777"),
        ["storage-opt"] = r => $"{r.Name()}={r.Text()}",
        ["shm-size"] = r => r.Size(),
        ["gpus"] = r => r.Gpu(),
        ["device"] = r => r.Pick("/dev/fuse", "/dev/sda:/dev/xvda", "/dev/sdb:/dev/x:rw", "/dev/kvm:r", "vendor.com/gpu=0", "vendor.com/net=eth0"),
        ["device-cgroup-rule"] = r => r.Pick("c 1:3 rwm", "a *:* r", "b 8:* rw"),
        ["blkio-weight"] = r => r.Number(0, 1000),
        ["blkio-weight-device"] = r => "/dev/" + r.Name() + ":" + r.Number(10, 1000),
        ["device-read-bps"] = r => $"/dev/{r.Name()}:{r.Size()}",
        ["device-write-bps"] = r => $"/dev/{r.Name()}:{r.Size()}",
        ["device-read-iops"] = r => $"/dev/{r.Name()}:{r.Number(0, int.MaxValue)}",
        ["device-write-iops"] = r => $"/dev/{r.Name()}:{r.Number(0, int.MaxValue)}",
        ["cpu-shares"] = r => r.Number(0, 4096),
        ["cpus"] = r => r.Pick("0.5", "2", "1.25", ".1", "3/4", "0.000000001"),
        ["cpu-period"] = r => r.Number(1000, 1000000),
        ["cpu-quota"] = r => r.Number(-1, 1000000),
        ["cpu-rt-period"] = r => r.Number(0, 1000000),
        ["cpu-rt-runtime"] = r => r.Number(0, 1000000),
        ["cpuset-cpus"] = r => r.Pick("0-3", "0,1", "7"),
        ["cpuset-mems"] = r => r.Pick("0", "0-1"),
        ["cpu-count"] = r => r.Number(0, 64),
        ["cpu-percent"] = r => r.Number(0, 100),
        ["io-maxbandwidth"] = r => r.Size(),
        ["io-maxiops"] = r => r.Number(0, int.MaxValue),
        ["memory"] = r => r.Size(),
        ["memory-reservation"] = r => r.Size(),
        ["memory-swap"] = r => r.Pick("-1", r.Size()),
        ["memory-swappiness"] = r => r.Number(-1, 100),
        ["kernel-memory"] = r => r.Size(),
        ["oom-score-adj"] = r => r.Number(-1000, 1000),
        ["pids-limit"] = r => r.Number(-1, 100000),
        ["ulimit"] = r => r.Pick("nofile", "core", "stack", "nproc") + r.Pick("=-1:-1", "=5", "=5:-1", "=10:20"),
        ["cap-add"] = r => r.Pick("ALL", "NET_ADMIN", "CAP_SYS_TIME", "mknod"),
        ["cap-drop"] = r => r.Pick("ALL", "CHOWN", "CAP_KILL"),
        ["security-opt"] = r => r.Pick(
            "no-new-privileges", "label=disable", "apparmor:x", "seccomp=unconfined", "systempaths=unconfined", "seccomp={\"a\":[1,\"b c\"]}"),
        ["userns"] = r => r.Pick("host", ""),
        ["cgroupns"] = r => r.Pick("host", "private"),
        ["ipc"] = r => r.Pick("host", "none", "container:" + r.Name()),
        ["pid"] = r => r.Pick("host", "container:" + r.Name()),
        ["uts"] = r => "host",
        ["cgroup-parent"] = r => r.Path(),
        ["isolation"] = r => "default",
        ["runtime"] = r => r.Name(),
        ["sysctl"] = r => r.Pick("net.core.somaxconn", "kernel.sem", "fs.mqueue.msg_max") + "=" + r.Number(0, 9),
        ["restart"] = r => r.Pick("no", "always", "unless-stopped", "on-failure", "on-failure:5"),
        ["stop-signal"] = r => r.Pick("SIGINT", "9"),
        ["stop-timeout"] = r => r.Number(-1, 600),
        ["health-cmd"] = r => r.Text(),
        ["health-interval"] = r => r.Time(),
        ["health-timeout"] = r => r.Time(),
        ["health-start-period"] = r => r.Time(),
        ["health-start-interval"] = r => r.Time(),
        ["health-retries"] = r => r.Number(0, 9),
        ["log-driver"] = r => r.Pick("json-file", "none", "syslog"),
        ["log-opt"] = r => r.Pair(),
    };

    /// <summary>Options that need files, and so cannot be made up.</summary>
    public static IReadOnlyList<string> NeedFiles { get; } = ["env-file", "label-file"];

    /// <summary>Every option for which there are values here, flags included.</summary>
    public bool Knows(RunOption option) => option.Kind == OptionKind.Flag || _values.ContainsKey(option.Name);

    public int Below(int limit) => _random.Next(limit);

    /// <summary>A few options, spelled in any way the client takes.</summary>
    /// <param name="allowed">Which ones to choose from.</param>
    public List<string> Options(Func<RunOption, bool> allowed)
    {
        RunOption[] options = [.. RunOptions.All.Where(option => Knows(option) && allowed(option))];
        List<string> words = [];
        for (int left = _random.Next(10); left >= 0; left--)
        {
            words.AddRange(Say(options[_random.Next(options.Length)]));
        }

        return words;
    }

    public string Text()
    {
        int length = _random.Next(8);
        return string.Concat(Enumerable.Range(0, length).Select(_ => _random.Next(3) == 0
            ? Oddities.EnumerateRunes().ElementAt(_random.Next(Oddities.EnumerateRunes().Count())).ToString()
            : Letters[_random.Next(Letters.Length)].ToString()));
    }

    private IEnumerable<string> Say(RunOption option)
    {
        string name = option.Aliases.Count > 0 && _random.Next(3) == 0 ? option.Aliases[0] : option.Name;
        if (option.Kind == OptionKind.Flag)
        {
            return [_random.Next(4) switch
            {
                0 => $"--{name}=false",
                1 => $"--{name}=true",
                2 when option.Short is { } letter => $"-{letter}",
                _ => $"--{name}",
            }];
        }

        string value = _values[option.Name](this);
        return (_random.Next(5), option.Short) switch
        {
            (0, { } letter) => [$"-{letter}", value],
            (1, { } letter) => [$"-{letter}={value}"],
            (2, { } letter) when value.Length > 0 && value[0] != '=' => [$"-{letter}{value}"],
            (3, _) => [$"--{name}", value],
            _ => [$"--{name}={value}"],
        };
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private string Number(int least, int most) => _random.NextInt64(least, (long)most + 1).ToString(CultureInfo.InvariantCulture);

    private string Name() => string.Concat(Enumerable.Range(0, 1 + _random.Next(6)).Select(_ => Letters[_random.Next(Letters.Length)]));

    private string Path() => "/" + Name() + (_random.Next(2) == 0 ? "" : "/" + Name());

    private string Pair() => $"{Name()}={Text()}";

    private string Size() => Number(0, 5000) + (_random.Next(4) == 0 ? ".5" : "") + Pick(s_sizeUnits);

    private string Time() => Number(0, 90) + Pick(s_timeUnits) + (_random.Next(3) == 0 ? Number(0, 59) + ".25s" : "");

    private string Address4() => string.Join('.', Enumerable.Range(0, 4).Select(_ => Number(0, 255)));

    private string Address6() => Pick("::1", "2001:db8::33", "2001:DB8:0:0::1", "fe80::a:b");

    private string Port()
    {
        int first = 1 + _random.Next(60000);
        return _random.Next(3) == 0 ? $"{first}-{first + _random.Next(5)}" : $"{first}";
    }

    private string Publish()
    {
        int inside = 1 + _random.Next(60000), outside = 1 + _random.Next(60000), more = _random.Next(4);
        string range = more == 0 ? "" : $"-{inside + more}";
        string address = Pick("", "", "127.0.0.1:", "[::1]:");
        string host = _random.Next(4) switch
        {
            0 => address.Length > 0 ? ":" : "",
            1 when more == 0 => $"{outside}-{outside + 7}:",
            _ => $"{outside}{(more == 0 ? "" : $"-{outside + more}")}:",
        };
        return _random.Next(8) == 0
            ? $"target={inside},published={outside},protocol={Pick("tcp", "udp")}"
            : $"{address}{host}{inside}{range}{Pick(s_protocols)}";
    }

    private string Network()
    {
        string name = Pick(s_networks);
        return _random.Next(6) switch
        {
            0 => Pick("host", "bridge", "none", "default", "container:" + Name()),
            1 => $"name={name},alias={Name()},alias={Name()}",
            2 => $"name={name},ip={Address4()},ip6={Address6()},driver-opt={Name()}={Name()}",
            3 => $"name={name},gw-priority={Number(-9, 9)},mac-address=92:d0:c6:0a:29:33,link-local-ip=169.254.7.7",
            _ => name,
        };
    }

    private string Mount()
    {
        string target = ",target=" + Path();
        return _random.Next(6) switch
        {
            0 => $"type=bind,source={Path()}{target}"
                + Pick("", ",readonly", ",readonly=false", ",bind-propagation=rslave", ",bind-recursive=disabled"),
            1 => $"type=bind,src={Path()}{target},ro,bind-recursive={Pick("writable", "readonly,bind-propagation=rprivate", "enabled")}",
            2 => $"source={Name()}{target},volume-label={Name()}={Name()},volume-subpath={Name()}"
                + Pick("", ",volume-nocopy", ",volume-nocopy=0"),
            3 => $"type=volume{target},volume-driver={Name()},\"volume-opt=o=a,b,c=\"\"{Name()}\"\"\",volume-opt={Name()}",
            4 => $"type=tmpfs{target},tmpfs-size={Size()},tmpfs-mode={Pick("1777", "700")}",
            _ => $"type=image,src={Name()}{target},image-subpath={Name()}",
        };
    }

    private string Gpu() => Pick(
        "all", "2", "\"device=0,1\"", "driver=nvidia,count=1", "capabilities=utility", "\"capabilities=a,b\",count=all", "count=3,\"options=a=b,c=d\"");
}
