namespace MesosDocker.Local;

/// <summary>Names of tasks as Marathon makes them since 1.5.</summary>
internal static class TaskId
{
    /// <param name="appId"><c>/shop/web</c></param>
    /// <returns><c>shop_web.instance-UUID._app.1</c></returns>
    public static string New(string appId, Guid id) => $"{appId.TrimStart('/').Replace('/', '_')}.instance-{id}._app.1";
}
