using System.Text;
using System.Text.RegularExpressions;
using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Core.Tests.Compose;
using MesosDocker.Marathon;
using Group = MesosDocker.Marathon.Group;

namespace MesosDocker.Core.Tests;

/// <summary>Nothing of a compose file is dropped in silence: every key there is comes out of every conversion, or is in its report.</summary>
public sealed partial class ConversionLossTests
{
    private static readonly IReadOnlyList<KeySample> s_samples = [.. KeySample.OfServices, .. KeySample.OfProjects];

    public static TheoryData<string> Keys { get; } = [.. s_samples.Select(static sample => sample.Key)];

    [Fact]
    public void TheSamples_HaveEveryKeyOfTheSchema()
    {
        Assert.Equal(SchemaKeys.OfServices, KeySample.OfServices.Select(static sample => sample.Key).Order(StringComparer.Ordinal));
        Assert.Equal(SchemaKeys.OfProjects, KeySample.OfProjects.Select(static sample => sample.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Group_CarriesTheKeyOrReportsIt(string key) => Check(key, static pod =>
    {
        Converted<Group> converted = GroupOfProject.Of(pod, new ConversionOptions());
        Assert.DoesNotContain(converted.Result.Judge(null), static finding => finding.Severity == Severity.Error);
        return (Encoding.UTF8.GetString(converted.Result.ToJson()), converted.Losses);
    });

    [Theory]
    [MemberData(nameof(Keys))]
    public void Pod_CarriesTheKeyOrReportsIt(string key) => Check(key, static pod =>
    {
        Converted<App> converted = AppOfPod.Of(pod, new ConversionOptions());
        Assert.DoesNotContain(converted.Result.Judge(null), static finding => finding.Severity == Severity.Error);
        return (Encoding.UTF8.GetString(converted.Result.ToJson()), converted.Losses);
    });

    [Theory]
    [MemberData(nameof(Keys))]
    public void MarathonPod_CarriesTheKeyOrReportsIt(string key) => Check(key, static pod =>
    {
        Converted<Pod> converted = PodOfProject.Of(pod, new ConversionOptions());
        Assert.DoesNotContain(converted.Result.Judge(null), static finding => finding.Severity == Severity.Error);
        return (Encoding.UTF8.GetString(converted.Result.ToJson()), converted.Losses);
    });

    private static void Check(string key, Func<ComposePod, (string Text, IReadOnlyList<ConversionLoss> Losses)> convert)
    {
        KeySample sample = s_samples.First(sample => sample.Key == key);
        (string with, IReadOnlyList<ConversionLoss> losses) = convert(Pod(sample.With));
        (string without, _) = convert(Pod(sample.Without));

        bool isCarried = with != without;
        bool isReported = losses.Any(loss => Covers(loss, key));
        Assert.True(
            isCarried || isReported || KeySample.Unseen.ContainsKey(key),
            $"{key} is neither in the result nor in the report.\n{sample.With}\n{with}\n{string.Join('\n', losses)}");
        Assert.All(losses, static loss =>
        {
            Assert.Contains(loss.File, (string[])["/p/compose.yaml", "/p/base.yaml"]);
            Assert.True(loss.Line > 0);
            Assert.Matches(@"^\S.*[.!?]$", loss.Reason);
            Assert.Matches(@"^\S.*[.!?]$", loss.Instead ?? "None.");
        });
    }

    private static ComposePod Pod(string text) => PodResources.Measure(Projects.Read(text), new MeasureOptions());

    // depends_on.db.condition and ports[0].name are the schema's depends_on.condition and ports.name.
    private static bool Covers(ConversionLoss loss, string key)
    {
        string said = Index().Replace(loss.Key, "");
        string[] names = said.Split('.');
        string schema = names is ["depends_on" or "networks" or "models" or "volumes" or "secrets" or "configs" or "ulimits", var name, .. var rest] && IsOwn(loss, name)
            ? string.Join('.', [names[0], .. rest])
            : said;
        string wanted = key.Replace("gpus", "deploy.resources.reservations.devices", StringComparison.Ordinal).Replace(".*", "", StringComparison.Ordinal);
        return wanted == schema || wanted.StartsWith(schema + ".", StringComparison.Ordinal) || schema.StartsWith(wanted + ".", StringComparison.Ordinal);
    }

    private static bool IsOwn(ConversionLoss loss, string name) => loss.Service is null || name is "db" or "n" or "m" or "nofile" or "default";

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
