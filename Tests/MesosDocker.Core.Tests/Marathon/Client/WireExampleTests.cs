using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>What servers of every version send survives reading and writing; with fields that no version has yet.</summary>
public sealed class WireExampleTests
{
    /// <summary>One event of each type, as its version sends it.</summary>
    public static TheoryData<string> Events() =>
    [
        """{"eventType":"api_post_event","timestamp":"t","clientIp":"0:0:0:0:0:0:0:1","uri":"/v2/apps/my-app","appDefinition":{"id":"/my-app","args":[],"cmd":"sleep 30","container":null,"ports":[10001],"upgradeStrategy":{"minimumHealthCapacity":1.0},"version":"v"}}""",
        """{"eventType":"pod_created_event","clientIp":"1.2.3.4","uri":"/v2/pods/p","timestamp":"t"}""",
        """{"eventType":"pod_updated_event","clientIp":"1.2.3.4","uri":"/v2/pods/p","timestamp":"t"}""",
        """{"eventType":"pod_deleted_event","clientIp":"1.2.3.4","uri":"/v2/pods/p","timestamp":"t"}""",
        """{"eventType":"status_update_event","slaveId":"S0","taskId":"t","taskStatus":"TASK_RUNNING","message":"","appId":"/a","host":"h","ipAddresses":[{"ipAddress":"10.0.0.1","protocol":"IPv4"}],"ports":[1],"version":"v","timestamp":"t"}""",
        """{"eventType":"app_terminated_event","appId":"/a","timestamp":"t"}""",
        """{"eventType":"instance_changed_event","instanceId":"i","condition":"Running","runSpecId":"/a","agentId":"S0","host":"h","runSpecVersion":"v","goal":"Running","timestamp":"t"}""",
        """{"eventType":"unknown_instance_terminated_event","instanceId":"i","runSpecId":"/a","condition":"Running","timestamp":"t"}""",
        """{"eventType":"instance_health_changed_event","instanceId":"i","runSpecVersion":"v","healthy":null,"runSpecId":"/a","timestamp":"t"}""",
        """{"eventType":"instance_health_changed_event","instanceId":"i","runSpecVersion":"v","healthy":true,"runSpecId":"/a","timestamp":"t"}""",
        """{"eventType":"framework_message_event","slaveId":"S0","executorId":"e","message":"aGVsbG8=","timestamp":"t"}""",
        """{"eventType":"subscribe_event","clientIp":"1.2.3.4","callbackUrl":"http://a/b","timestamp":"t"}""",
        """{"eventType":"unsubscribe_event","clientIp":"1.2.3.4","callbackUrl":"http://a/b","timestamp":"t"}""",
        """{"eventType":"event_stream_attached","remoteAddress":"1.2.3.4","timestamp":"t"}""",
        """{"eventType":"event_stream_detached","remoteAddress":"1.2.3.4","timestamp":"t"}""",
        """{"eventType":"add_health_check_event","appId":"/a","version":"v","healthCheck":{"protocol":"HTTP","path":"/health","portIndex":0,"gracePeriodSeconds":5,"intervalSeconds":10,"timeoutSeconds":10,"maxConsecutiveFailures":3,"ignoreHttp1xx":false},"timestamp":"t"}""",
        """{"eventType":"remove_health_check_event","appId":"/a","timestamp":"t"}""",
        """{"eventType":"failed_health_check_event","appId":"/a","instanceId":"i","taskId":"t","healthCheck":{"protocol":"COMMAND","command":{"value":"x"}},"timestamp":"t"}""",
        """{"eventType":"health_status_changed_event","appId":"/a","instanceId":"i","taskId":"t","version":"v","alive":true,"timestamp":"t"}""",
        """{"eventType":"unhealthy_task_kill_event","appId":"/a","taskId":"t","version":"v","reason":"500 Internal Server Error","host":"h","slaveId":"S0","timestamp":"t"}""",
        """{"eventType":"unhealthy_instance_kill_event","appId":"/a","taskId":"t","instanceId":"i","version":"v","reason":"x","host":"h","slaveId":null,"timestamp":"t"}""",
        """{"eventType":"group_change_success","groupId":"/g","version":"v","timestamp":"t"}""",
        """{"eventType":"group_change_failed","groupId":"/g","version":"v","reason":"","timestamp":"t"}""",
        """{"eventType":"deployment_success","id":"d","timestamp":"t"}""",
        """{"eventType":"deployment_success","id":"d","plan":{"id":"d","original":{"id":"/","apps":[],"dependencies":[],"groups":[],"version":"v"},"target":{"id":"/","apps":[{"id":"/a"}],"groups":[]},"steps":[{"actions":[{"type":"StartApplication","app":"/a"}]}],"version":"v"},"timestamp":"t"}""",
        """{"eventType":"deployment_failed","id":"d","reason":"x","timestamp":"t"}""",
        """{"eventType":"deployment_info","plan":{"id":"d","steps":[{"actions":[{"action":"ScaleApplication","app":"/a"}]}],"version":"v"},"currentStep":{"actions":[{"type":"ScaleApplication","app":"/a"}]},"timestamp":"t"}""",
        """{"eventType":"deployment_step_success","plan":{"id":"d","steps":[],"version":"v"},"currentStep":{"actions":[{"action":"RestartPod","pod":"/p"}]},"timestamp":"t"}""",
        """{"eventType":"deployment_step_failure","plan":{"id":"d"},"currentStep":{"actions":[]},"timestamp":"t"}""",
        """{"eventType":"scheduler_registered_event","frameworkId":"f","master":"m:5050","timestamp":"t"}""",
        """{"eventType":"scheduler_reregistered_event","master":"m:5050","timestamp":"t"}""",
        """{"eventType":"scheduler_disconnected_event","timestamp":"t"}""",
        """{"eventType":"from_the_future_event","what":[1,{"x":null}],"timestamp":"t"}""",
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void AnEvent_SurvivesItsRoundTrip(string json)
        => Assert.Null(SameJson.Difference(Definitions.Json(json), Definitions.Json(Encoding.UTF8.GetString(MarathonEvent.FromJson(Encoding.UTF8.GetBytes(json)).ToJson()))));

    [Fact]
    public void Events_HaveAPropertyForEachFieldThatIsKnown()
    {
        string[] others = [.. Events().Select(static row => MarathonEvent.FromJson(Encoding.UTF8.GetBytes(row.Data)))
            .Where(static one => one.Other is not null)
            .Select(static one => $"{one.EventType}: {string.Join(',', one.Other!.Keys)}")];

        Assert.Equal(["from_the_future_event: what", "instance_changed_event: goal"], others.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""[{"action":"A","app":"/a"}]""")]
    [InlineData("""{"action":"A","app":"/a"}""")]
    [InlineData("""{"actions":[{"action":"A","app":"/a"}]}""")]
    public void AStep_IsReadInEachOfItsShapes(string step)
    {
        Deployment deployment = JsonSerializer.Deserialize($$"""{"id":"d","steps":[{{step}}]}""", MarathonJson.Default.Deployment)!;

        Assert.Equal("/a", Assert.Single(Assert.Single(deployment.Steps!).Actions!).App);
        Assert.Equal(
            """{"id":"d","steps":[{"actions":[{"action":"A","app":"/a"}]}]}""", JsonSerializer.Serialize(deployment, MarathonJson.Default.Deployment));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"x\"")]
    [InlineData("[7]")]
    [InlineData("{\"actions\":{}}")]
    public void AStepThatIsNone_IsRefused(string step)
        => Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize($$"""{"steps":[{{step}}]}""", MarathonJson.Default.Deployment));

    [Fact]
    public void EverythingOfTheQueue_SurvivesItsRoundTrip() => Survives(MarathonJson.Default.QueueEnvelope, """
        {"queue":[{"app":{"id":"/a"},"count":2,"role":"*","delay":{"timeLeftSeconds":3000000000,"overdue":true,"later":1},"since":"s",
        "processedOffersSummary":{"processedOffersCount":123,"unusedOffersCount":123,"lastUnusedOfferAt":"a","lastUsedOfferAt":"b",
        "rejectSummaryLastOffers":[{"reason":"UnfulfilledRole","declined":0,"processed":123}],"rejectSummaryLaunchAttempt":[{"reason":"x","declined":1,"processed":2}]},
        "lastUnusedOffers":[{"offer":{"id":"o","agentId":"S","hostname":"h","resources":[{"name":"cpus","scalar":2.5,"ranges":[{"begin":1,"end":5}],"set":["a"],"role":"*"}],
        "attributes":[{"name":"foo","text":"t","scalar":23,"ranges":[{"begin":1,"end":5}],"set":["a","b"]}]},"timestamp":"t","reason":["InsufficientMemory"]}]},
        {"pod":{"id":"/p","containers":[]},"count":1}]}
        """);

    [Fact]
    public void EverythingOfDeployments_SurvivesItsRoundTrip() => Survives(MarathonJson.Default.IReadOnlyListDeployment, """
        [{"id":"d","version":"v","affectedApps":["/a"],"affectedPods":["/b"],"steps":[{"actions":[{"action":"ScaleApplication","app":"/a"}]},
        {"actions":[{"action":"ScalePod","pod":"/b"}]}],"currentActions":[{"action":"ScaleApplication","app":"/a","readinessCheckResults":[{"taskId":"i",
        "lastResponse":{"body":"{}","contentType":"application/json","status":500},"name":"r","ready":false}]}],"currentStep":1,"totalSteps":1,"later":[]}]
        """);

    [Fact]
    public void EverythingAboutTheServer_SurvivesItsRoundTrip() => Survives(MarathonJson.Default.MarathonInfo, """
        {"name":"marathon","version":"1.5.0","buildref":"unknown","elected":true,"leader":"l:8080","frameworkId":"f",
        "marathon_config":{"access_control_allow_origin":["*"],"checkpoint":true,"default_network_name":"n","env_vars_prefix":"A","features":[],"framework_name":"m",
        "hostname":"h","local_port_max":20000,"local_port_min":10000,"master":"zk://z","mesos_leader_ui_url":"http://m:5050/","mesos_role":"r","webui_url":"u",
        "agent_url":"http://127.0.0.1:8080"},
        "zookeeper_config":{"zk":"zk://z","zk_timeout":10000},"http_config":{"http_port":8080,"https_port":8443,"assets_path":null},"event_subscriber":{"type":"http_callback"}}
        """);

    private static void Survives<T>(JsonTypeInfo<T> type, string json)
        => Assert.Null(SameJson.Difference(
            Definitions.Json(json), Definitions.Json(JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type)!, type))));
}
