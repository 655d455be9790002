using MesosDocker.Adapters.Yaml;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests;

public sealed class DefinitionReaderTests
{
    [Theory]
    [InlineData("id: web", "/web")]
    [InlineData("[{id: a}, {id: /b/c}]", "/a /b/c")]
    [InlineData("apps: [{id: a}, {id: /b/c}]", "/a /b/c")]
    [InlineData("id: a\n---\nid: b\n---\n", "/a /b")]
    [InlineData("{\"app\": {\"id\": \"/x\"}}", "/x")]
    [InlineData("{id: /shop, apps: [{id: web}, {id: ../x}], groups: [{id: db, apps: [{id: main}]}]}", "/shop/web /x /shop/db/main")]
    [InlineData("{id: /, groups: [{id: shop, groups: [{id: /shop/in, apps: [{id: a}]}]}]}", "/shop/in/a")]
    [InlineData("[{id: shop, apps: [{id: web}]}, {id: x}]", "/shop/web /x")]
    [InlineData("", "")]
    [InlineData("apps: []", "")]
    [InlineData("{id: g, apps: null, groups: []}", "")]
    public void Read_FindsEveryApp_WithItsIdFromTheRoot(string yaml, string ids)
        => Assert.Equal(ids, string.Join(' ', Apps(yaml).Select(static app => app.Id)));

    [Fact]
    public void Read_GivesAppsWhatTheirGroupsDependOn()
    {
        App[] apps = [.. Apps("""
            id: /shop
            dependencies: [../base]
            apps: [{id: web, dependencies: [db, /x]}, {id: db}]
            groups: [{id: in, dependencies: [/y], apps: [{id: a}]}]
            """)];

        Assert.Equal(["/shop/db", "/x", "/base"], apps[0].Dependencies!);
        Assert.Equal(["/base"], apps[1].Dependencies!);
        Assert.Equal(["/base", "/y"], apps[2].Dependencies!);
    }

    [Fact]
    public void Read_TakesTheKindThatAFieldHas_WhereOnlyLooksTellIt()
    {
        App app = Assert.Single(Apps("""
            id: web
            cpus: ${CPUS}
            instances: "${COUNT}"
            env: { PORT: 8080, FLAG: True, V: 1.10, N: ~x, S: { secret: s } }
            labels: { a: 0x1F, b: '${CPUS}' }
            container: { docker: { privileged: "${YES}", image: "a:${TAG}" } }
            resourceLimits: { cpus: '${UNL}', mem: 5 }
            """));

        Assert.Equal(0.5, app.Cpus);
        Assert.Equal(3, app.Instances);
        Assert.Equal("8080", app.Env!["PORT"].Value);
        Assert.Equal("True", app.Env["FLAG"].Value);
        Assert.Equal("1.10", app.Env["V"].Value);
        Assert.Equal("s", app.Env["S"].Secret);
        Assert.Equal("0x1F", app.Labels!["a"]);
        Assert.Equal("0.5", app.Labels["b"]);
        Assert.True(app.Container!.Docker!.Privileged);
        Assert.Equal("a:1.0", app.Container.Docker.Image);
        Assert.True(app.ResourceLimits!.Cpus!.Value.IsUnlimited);
        Assert.Equal(5, app.ResourceLimits.Mem!.Value.Amount);
    }

    [Theory]
    [InlineData("id: a\ncpus: 'one'", "f:2:7: /cpus must be a number")]
    [InlineData("id: a\ncpus: '1'", "f:2:7: /cpus must be a number")]
    [InlineData("id: a\ninstances: \"${CPUS}\"", "f:2:12: /instances must be a whole number")]
    [InlineData("id: a\ncontainer:\n  portMappings:\n  - containerPort: 80\n  - containerPort: x", "f:5:20: /container/portMappings(1)/containerPort")]
    [InlineData("id: a\nlabels: {a/b: [1]}", "f:2:15: /labels/a/b")]
    [InlineData("id: a\nargs: x", "f:2:7: /args must be a list")]
    [InlineData("{\"id\": \"a\",\n \"env\": {\"P\": 80}}", "f:2:15: /env/P")]
    public void ToApp_SaysWhereAFieldIsWrong(string text, string message)
    {
        var e = Assert.Throws<MesosDockerException>(() => Apps(text).ToArray());

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "an app, a group or a list of apps was expected")]
    [InlineData("[1]", "f:1:2")]
    [InlineData("{id: g, apps: {a: 1}}", "f:1:15: 'apps' must be a list")]
    [InlineData("{id: g, groups: [x]}", "f:1:18: each of 'groups' must be an object")]
    [InlineData("{id: p, containers: [{name: a}]}", "this is a pod")]
    [InlineData("id: ${NO}", "f:1:5: the variable 'NO'")]
    public void Read_RefusesWhatIsNoDefinition(string yaml, string message)
    {
        var e = Assert.Throws<MesosDockerException>(() => Apps(yaml).ToArray());

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddOverlay_ChangesTheAppOfItsId_AndOneWithoutIdEveryApp()
    {
        DefinitionReader reader = Reader();
        reader.AddOverlay(new DocumentText("all", "{cpus: 2, env: {MODE: all}, constraints+: [[hostname, UNIQUE]]}"));
        reader.AddOverlay(new DocumentText("one", "{id: shop, apps: [{id: web, env: {MODE: '${TAG}'}, disk: null, dependencies+: [db]}, {id: gone}]}"));

        App[] apps = [.. reader.Read(new DocumentText("f", """
            id: /shop
            apps:
            - { id: web, env: { A: x }, disk: 5, constraints: [[rack, GROUP_BY]], dependencies: [x] }
            - { id: db, env: { B: x } }
            """)).SelectMany(static definition => definition.Apps).Select(static app => app.ToApp())];

        Assert.Equal(2, apps[0].Cpus);
        Assert.Equal("1.0", apps[0].Env!["MODE"].Value);
        Assert.Equal("x", apps[0].Env!["A"].Value);
        Assert.Null(apps[0].Disk);
        Assert.Equal(2, apps[0].Constraints!.Count);
        Assert.Equal(["/shop/x", "/shop/db"], apps[0].Dependencies!);
        Assert.Equal("all", apps[1].Env!["MODE"].Value);
        Assert.Equal("/shop/gone one:1:86", string.Join(' ', reader.UnusedOverlays.Select(static unused => $"{unused.Id} {unused.Mark}")));
    }

    [Fact]
    public void Read_LeavesTextsAsTheyAre_IfToldSo()
        => Assert.Equal(
            "echo ${NO} $$",
            Assert.Single(new DefinitionReader(new YamlText(), new DefinitionOptions { Expand = false }).Read(new DocumentText("f", "{id: a, cmd: 'echo ${NO} $$'}")))
                .Apps[0].ToApp().Cmd);

    [Fact]
    public void Read_LeavesTheTasksOwnVariables_EvenIfTheEnvironmentHasThem()
    {
        App app = Assert.Single(Apps("{id: a, cmd: 'echo ${HOST} ${PORT0} ${PORT_HTTP} ${MESOS_SANDBOX} ${MARATHON_APP_ID} ${TAG}'}"));

        Assert.Equal("echo ${HOST} ${PORT0} ${PORT_HTTP} ${MESOS_SANDBOX} ${MARATHON_APP_ID} 1.0", app.Cmd);
    }

    [Fact]
    public void Read_PutsIdsInsideOfAGroup()
    {
        var reader = new DefinitionReader(new YamlText(), new DefinitionOptions { Group = "/in" });

        Assert.Equal(["/in/a", "/b"], reader.Read(new DocumentText("f", "[{id: a}, {id: /b}]")).Select(static definition => definition.Apps[0].Id!));
    }

    [Fact]
    public void Judge_FindsWhatIsWrong_WhereItWasWritten()
    {
        Definition definition = Assert.Single(Reader().Read(new DocumentText("f", "id: /g\napps:\n- id: a\n  cmd: run\n- id: a\n  cmd: run\n  cpus: 0\n")));

        Finding[] errors = [.. definition.Judge(null).Where(static finding => finding.Severity == Severity.Error)];

        Assert.True(definition.IsGroup);
        Assert.Equal(["/apps(1)/cpus f:7:9", "/apps(1)/id f:5:7"], errors.Select(finding => $"{finding.Path} {definition.PlaceOf(finding.Path)}").Order());
    }

    [Theory]
    [InlineData("PORT", true)]
    [InlineData("PORTS", true)]
    [InlineData("PORT12", true)]
    [InlineData("PORT_8080", true)]
    [InlineData("HOST", true)]
    [InlineData("MESOS_TASK_ID", true)]
    [InlineData("PORTAL", false)]
    [InlineData("HOSTNAME", false)]
    [InlineData("PORT1A", false)]
    public void IsOfTask_KnowsWhatATaskWillHave(string name, bool expected) => Assert.Equal(expected, DefinitionOptions.IsOfTask(name));

    private static DefinitionReader Reader() => new(new YamlText(), new DefinitionOptions
    {
        Variables = new Dictionary<string, string> { ["TAG"] = "1.0", ["CPUS"] = "0.5", ["COUNT"] = "3", ["YES"] = "true", ["UNL"] = "unlimited" },
        Environment = new Dictionary<string, string> { ["HOST"] = "me", ["PORT0"] = "1", ["TAG"] = "weaker" },
    });

    private static IEnumerable<App> Apps(string text)
        => Reader().Read(new DocumentText("f", text)).SelectMany(static definition => definition.Apps).Select(static app => app.ToApp());
}
