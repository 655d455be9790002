using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>An app's options of <c>docker run</c>, each of which says something that a key of compose may say.</summary>
internal sealed class ReturnedParameters(ReturnCase app, IReadOnlyList<DockerParameter> parameters)
{
    private const string Parameters = "container.docker.parameters";

    private readonly HashSet<int> _taken = [];

    /// <summary>The last one of that name, which is the one that counts; it is carried by whoever asks.</summary>
    /// <param name="isPossible">Others stay, and are lost.</param>
    public string? Take(string option, Func<string, bool>? isPossible = null)
    {
        string? value = null;
        foreach (string one in TakeAll(option, isPossible))
        {
            value = one;
        }

        return value;
    }

    public IReadOnlyList<string> TakeAll(string option, Func<string, bool>? isPossible = null)
    {
        List<string> values = [];
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Key == option && parameters[i].Value is { } value && isPossible?.Invoke(value) != false && _taken.Add(i))
            {
                app.Fields.Carry(((KeyPath)Parameters)[i]);
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>The last one of that name, which somebody else carries.</summary>
    public string? Peek(string option) => parameters.LastOrDefault(parameter => parameter.Key == option)?.Value;

    /// <summary>All that nobody has taken, by the table of options.</summary>
    public void Finish()
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (_taken.Contains(i))
            {
                continue;
            }

            KeyPath key = ((KeyPath)Parameters)[i];
            string option = parameters[i].Key ?? "";
            if (Put(option, parameters[i].Value ?? ""))
            {
                app.Fields.Carry(key);
            }
            else
            {
                app.Fields.Lose(key, $"No key of compose says what docker run's --{Printable.Of(option, 60)} does here.", null);
            }
        }
    }

    // What is written must say the same when it is read.
    private bool Put(string option, string value)
    {
        if (RunKeys.All.FirstOrDefault(row => row.Option == option) is not { } row || RunParameters.Refusal(option, value) is not null)
        {
            return false;
        }

        SourceMap before = app.Service.Keys;
        SourceNode? there = ((KeyPath)row.Key).Find(before);
        if (there is not null && row.Form is SingleForm)
        {
            return false;
        }

        SourceNode put = row.Form.Put(there, value);
        if (!row.Form.Write(row.Key, put).Any(said => said.Value is { } written && Same(option, written, value)))
        {
            return false;
        }

        app.Service.Change(row.Key, _ => put);
        return true;
    }

    private static bool Same(string option, string one, string other)
        => one == other || (RunParameters.Refusal(option, one) is null && SpecDifference.Find(Read(option, one), Read(option, other)).Count == 0);

    private static ContainerSpec Read(string option, string value) => DockerRunParser.ParseOptions([$"--{option}={value}"], NoRunFiles.Instance).Container;
}
