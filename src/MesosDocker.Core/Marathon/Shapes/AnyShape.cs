using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>Something that is not looked into.</summary>
internal sealed class AnyShape : Shape
{
    public override string Description => "a value";

    public override bool Takes(ScalarKind kind) => true;

    public override void Check(JsonElement json, Place place, Findings findings)
    {
    }
}
