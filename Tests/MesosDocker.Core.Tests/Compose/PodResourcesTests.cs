using System.Globalization;
using MesosDocker.Compose;

namespace MesosDocker.Core.Tests.Compose;

public sealed class PodResourcesTests
{
    /// <summary>Sums worked out by hand, to the last digit: CPUs, their limit, MB, their limit; <c>-</c> is none.</summary>
    [Theory]
    [MemberData(nameof(MeasureCases.Table), MemberType = typeof(MeasureCases))]
    public void Measure_SumsExactly(string what, string services, string sums)
    {
        Assert.NotEmpty(what);
        ComposePod pod = Measure($"services:\n  {services.Replace("\n", "\n  ", StringComparison.Ordinal)}");

        Assert.Equal(sums, $"{Text(pod.Cpus)} {Text(pod.CpusLimit)} {Text(pod.Memory)} {Text(pod.MemoryLimit)}");
    }

    [Fact]
    public void TheTable_HasSixtyProjects() => Assert.True(MeasureCases.Table.Count >= 60, $"{MeasureCases.Table.Count} projects");

    [Fact]
    public void Services_SayWhereTheirNumbersAreFrom()
    {
        ComposePod pod = Measure("""
            services:
              a: { image: x, cpus: 2, cpu_shares: 512, mem_limit: 1g, mem_reservation: 512m }
              b: { image: y, cpu_quota: 50000, mem_limit: 100m, scale: 2 }
              c: { image: z, cpu_count: 3 }
              d: { image: z, deploy: { resources: { reservations: { cpus: 0.1 } } }, storage_opt: { size: 1g }, gpus: [{ count: 2 }] }
            """);

        Assert.Equal(
            ["a shares 0.5 2 reservation 512 1024", "b quota 0.5 0.5 limit 100 100", "c count 3 3 default 64 -", "d reservation 0.1 - default 64 -"],
            pod.Services.Select(static row => $"{row.Name} {row.CpusFrom} {Text(row.Cpus)} {Text(row.CpusLimit)} {row.MemoryFrom} {Text(row.Memory)} {Text(row.MemoryLimit)}"));
        Assert.Equal([1, 2, 1, 1], pod.Services.Select(static row => row.Replicas));
        Assert.Equal(("x", 1024m, 2), (pod.Services[0].Image, pod.Services[3].Disk, pod.Services[3].Gpus));
        Assert.Equal((5, 1024m, 2, false), (pod.Containers, pod.Disk, pod.Gpus, pod.AllGpus));
    }

    [Fact]
    public void TheExecutor_IsShownApart()
    {
        ComposePod pod = Measure("services: { a: { image: x, cpus: 0.3, mem_limit: 10m } }");

        Assert.Equal((0.3m, 0.1m, 0.4m), (pod.Cpus, pod.OverheadCpus, pod.TotalCpus));
        Assert.Equal((10m, 32m, 42m), (pod.Memory, pod.OverheadMemory, pod.TotalMemory));
    }

    [Fact]
    public void Defaults_CanBeChosen()
    {
        ComposePod pod = PodResources.Measure(Projects.Read("services: { a: { image: x }, b: { image: x, scale: 3 } }"), new MeasureOptions { DefaultCpus = 0.7m, DefaultMemory = 0.5m });

        Assert.Equal((2.8m, 2m), (pod.Cpus, pod.Memory));
    }

    [Theory]
    [InlineData("all", 0, true)]
    [InlineData("[{ count: 2 }, { count: 1 }]", 3, false)]
    [InlineData("[{ device_ids: [a, b] }]", 2, false)]
    [InlineData("[{ driver: d }]", 0, true)]
    public void Gpus_AreCounted(string gpus, int count, bool all)
    {
        ComposePod pod = Measure($"services: {{ a: {{ image: x, gpus: {gpus} }} }}");

        Assert.Equal((count, all), (pod.Gpus, pod.AllGpus));
    }

    [Fact]
    public void Gpus_AreDevicesAndGenericResources_Too()
        => Assert.Equal(7, Measure("""
            services:
              a: { image: x, scale: 2, deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], count: 2 }, { capabilities: [tpu], count: 5 }] } } } }
              b: { image: x, deploy: { resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: GPU, value: 3 } }] } } } }
            """).Gpus);

    [Theory]
    [InlineData("[\"80:80\", \"443:443\"]", 2, 0)]
    [InlineData("[80, \"443\"]", 0, 2)]
    [InlineData("[\"3000-3005\"]", 0, 6)]
    [InlineData("[\"3000-3005:3000-3005\"]", 6, 0)]
    [InlineData("[\"8000-9000:80\"]", 0, 1)]
    [InlineData("[\"53:53\", \"53:53/udp\", \"127.0.0.1:53:5353\"]", 1, 0)]
    [InlineData("[\"53\", \"53/udp\"]", 0, 2)]
    [InlineData("[{ target: 80 }, { target: 81, published: \"82\" }, { target: 83, published: 84-86 }]", 1, 2)]
    [InlineData("[\"0:80\"]", 0, 1)]
    [InlineData("[]", 0, 0)]
    public void Ports_AreCounted(string ports, int chosen, int dynamic)
    {
        ComposePod pod = Measure($"services: {{ a: {{ image: x, ports: {ports} }} }}");

        Assert.Equal((chosen, dynamic), (pod.FixedPorts, pod.DynamicPorts));
    }

    [Fact]
    public void Ports_AreThoseOfReplicas_AndOfContainersWithANetwork()
    {
        ComposePod pod = Measure("""
            services:
              a: { image: x, scale: 3, ports: ["80", "8000-9000:81"] }
              b: { image: x, network_mode: host, ports: ["80"] }
              c: { image: x, network_mode: bridge, ports: ["127.0.0.1:90:80/udp"] }
              d: { image: x, scale: 0, ports: ["91:80"] }
            """);

        Assert.Equal((1, 6), (pod.FixedPorts, pod.DynamicPorts));
        Assert.Equal(
            [
                new PodPort { Service = "a", ContainerPort = 80, Protocol = "tcp", IsDynamic = true },
                new PodPort { Service = "a", ContainerPort = 81, Protocol = "tcp", HostPort = 8000, HostPortLast = 9000, IsDynamic = true },
                new PodPort { Service = "c", ContainerPort = 80, Protocol = "udp", HostPort = 90, HostIp = "127.0.0.1", IsDynamic = false },
            ],
            pod.Ports);
    }

    [Theory]
    [InlineData("a: { image: x, cpu_shares: 512, mem_limit: 64m }", "0.5 64")]
    [InlineData("a: { image: x, cpu_shares: 73, mem_limit: 1b }\nb: { image: x, cpus: 0.5, mem_limit: 1k }", "0.5712890625 1")]
    [InlineData("a: { image: x, cpus: 1, mem_limit: 64m }\nb: { image: x, deploy: { resources: { reservations: { cpus: 1, memory: 1500k } } } }", "2 66")]
    public void Strict_RoundsMemoryUp(string services, string sums)
    {
        ComposePod pod = PodResources.Measure(Projects.Read($"services:\n  {services.Replace("\n", "\n  ", StringComparison.Ordinal)}"), new MeasureOptions { IsStrict = true });

        Assert.Equal(sums, $"{Text(pod.Cpus)} {Text(pod.Memory)}");
    }

    [Theory]
    [InlineData("a: { image: x, mem_limit: 64m }", "the service 'a' does not say how much CPUs (cpus, cpu_shares or deploy.resources) it needs")]
    [InlineData("a: { image: x, cpus: 1 }", "the service 'a' does not say how much memory (mem_limit or deploy.resources) it needs")]
    [InlineData("a: { image: x }\nb: { image: x, cpus: 1 }", "the service 'a' does not say how much CPUs (cpus, cpu_shares or deploy.resources) it needs; the services 'a', 'b' do not say how much memory")]
    public void Strict_RefusesWhatDoesNotSay(string services, string message)
    {
        var e = Assert.Throws<MesosDockerException>(()
            => PodResources.Measure(Projects.Read($"services:\n  {services.Replace("\n", "\n  ", StringComparison.Ordinal)}"), new MeasureOptions { IsStrict = true }));

        Assert.Equal(Fault.ResourcesUnstated, e.Fault);
        Assert.Contains($"/p/compose.yaml: {message}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_ThatEndFirst_AreMarked()
    {
        ComposePod pod = Measure("""
            services:
              migrate: { image: x, cpus: 4, mem_limit: 4g }
              web: { image: x, cpus: 1, mem_limit: 1g, depends_on: { migrate: { condition: service_completed_successfully } } }
            """);

        Assert.Equal([true, false], pod.Services.Select(static row => row.EndsFirst));
        Assert.Equal((4m, 4096m, 1), (pod.Cpus, pod.Memory, pod.Containers));
    }

    [Fact]
    public void WhatIsProvided_NeedsNothingHere()
    {
        ComposePod pod = PodResources.Measure(
            Projects.Read("services: { db: { provider: { type: cloud } }, web: { image: x, cpus: 1, mem_limit: 1m } }"), new MeasureOptions { IsStrict = true });

        Assert.Equal((1m, 1m, 1), (pod.Cpus, pod.Memory, pod.Containers));
    }

    [Fact]
    public void Pod_CarriesItsFilesAndWarnings()
    {
        ComposePod pod = Measure("name: shop\ninclude: [more.yaml]\nservices: { web: { image: \"x:${NO}\" } }\n--- more.yaml\nservices: { db: { image: y } }");

        Assert.Equal(("shop", "/p/compose.yaml"), (pod.Name, pod.Path));
        Assert.Equal(["/p/compose.yaml", "/p/more.yaml"], pod.Files.Select(static file => file.Path));
        Assert.Contains("services: { db", pod.Files[1].Text, StringComparison.Ordinal);
        Assert.Contains("'NO' is not set", Assert.Single(pod.Warnings), StringComparison.Ordinal);
    }

    private static ComposePod Measure(string text) => PodResources.Measure(Projects.Read(text), new MeasureOptions());

    private static string Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
