using static MesosDocker.Marathon.CommonShapes;

namespace MesosDocker.Marathon;

/// <summary>Groups, field by field; they hold groups.</summary>
internal static class GroupShapes
{
    public static Shape Group { get; } = Build();

    private static ObjectShape Build()
    {
        var group = new ObjectShape();
        return group
            .Field("id", Id)
            .Field("apps", new ListShape(AppShapes.App))
            .Field("pods", new ListShape(new AnyShape()))
            .Field("groups", new ListShape(group))
            .Field("dependencies", new ListShape(Id) { IsSet = true })
            .Field("version", Text)
            .Field("scaleBy", Amount)
            .Field("enforceRole", Flag);
    }
}
