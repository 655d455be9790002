using System.Globalization;
using System.Text;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// Tasks as lines for scripts, one for each service port: <c>shop_web  10000  host:31000  host:31001</c>, with tabs between; an app
/// without ports has a blank for the port and hosts alone.
/// </summary>
internal static class TaskLines
{
    public static string Of(IEnumerable<App> apps, Func<string, IEnumerable<Instance>> instancesOf, string host)
    {
        var text = new StringBuilder();
        foreach (App app in apps)
        {
            string name = app.Id!.Trim('/').Replace('/', '_');
            Instance[] running = [.. instancesOf(app.Id).Where(static instance => instance.Condition == InstanceCondition.Running)];
            IReadOnlyList<int> ports = TaskView.ServicePorts(app);
            if (ports.Count == 0)
            {
                Line(text, name, " ", running.Select(_ => host));
            }

            for (int i = 0; i < ports.Count; i++)
            {
                int place = i;
                IEnumerable<int> places = running.Where(task => place < task.Ports.Length).Select(task => task.Ports[place]);
                Line(text, name, Number(ports[i]), places.Where(static port => port != 0).Select(port => $"{host}:{Number(port)}"));
            }
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, string port, IEnumerable<string> places)
        => text.AppendJoin('\t', [name, port, .. places]).Append('\n');

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
