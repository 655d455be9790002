using System.Globalization;

namespace MesosDocker.Local;

/// <summary>Names of tasks as Marathon makes them since 1.5.</summary>
internal static class TaskId
{
    private const string Mark = "._app.";

    /// <param name="appId"><c>/shop/web</c></param>
    /// <returns><c>shop_web.instance-UUID._app.1</c></returns>
    public static string New(string appId, Guid id) => $"{appId.TrimStart('/').Replace('/', '_')}.instance-{id}{Mark}1";

    /// <summary>Of the same instance.</summary>
    /// <returns><c>shop_web.instance-UUID._app.2</c></returns>
    public static string Next(string taskId)
    {
        string[] parts = taskId.Split(Mark, 2);
        int number = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int last) ? last : 1;
        return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}{Mark}{number + 1}");
    }

    /// <returns><c>shop_web.instance-UUID</c></returns>
    public static string InstanceOf(string taskId) => taskId.Split("._app", 2)[0];
}
