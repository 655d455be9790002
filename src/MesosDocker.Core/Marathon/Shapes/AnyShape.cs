using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>Something that is not looked into.</summary>
internal sealed class AnyShape : Shape
{
    public override string Description => "a value";

    public override void Check(JsonElement json, Place place, Findings findings)
    {
    }
}
