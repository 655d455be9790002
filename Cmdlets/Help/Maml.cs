using System.Globalization;
using System.Xml.Linq;

namespace MesosDocker.Help;

/// <summary>Microsoft's assistance markup, as PowerShell reads it from <c>NAME.dll-Help.xml</c>.</summary>
internal static class Maml
{
    private static readonly XNamespace s_msh = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XDocument File(IEnumerable<XElement> commands)
        => new(new XElement(s_msh + "helpItems", new XAttribute("schema", "maml"), commands));

    public static XElement Command(Page page, CmdletShape cmdlet)
    {
        if (page.Name != cmdlet.Name)
        {
            throw new PageException(page.File, 1, $"This page is of {cmdlet.Name}; its first heading says {page.Name}.");
        }

        RefuseDrift(page, cmdlet);
        return new XElement(
            s_command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", s_maml),
            new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            new XElement(
                s_command + "details",
                new XElement(s_command + "name", cmdlet.Name),
                new XElement(s_command + "verb", cmdlet.Verb),
                new XElement(s_command + "noun", cmdlet.Noun),
                Description([page.Synopsis])),
            Description(page.Description.Paragraphs),
            new XElement(s_command + "syntax", cmdlet.Sets.Select(set => SyntaxItem(page, cmdlet, set))),
            new XElement(s_command + "parameters", cmdlet.Parameters.Select(p => Parameter(page, p, p.Uses[0], full: true))),
            new XElement(s_command + "inputTypes", page.Inputs.Select(static input => Typed("inputType", input))),
            new XElement(s_command + "returnValues", page.Outputs.Select(static output => Typed("returnValue", output))),
            new XElement(s_command + "examples", page.Examples.Select(Example)),
            new XElement(s_command + "relatedLinks", page.Links.Select(Link)));
    }

    // Also checked in PowerShell itself by Help.Tests.ps1; here so that a wrong page does not even build.
    private static void RefuseDrift(Page page, CmdletShape cmdlet)
    {
        foreach (Entry entry in page.Parameters)
        {
            if (!cmdlet.Parameters.Any(parameter => entry.Title == "-" + parameter.Name))
            {
                throw new PageException(page.File, entry.Line, $"'{entry.Title}' is not a parameter of {cmdlet.Name}.");
            }

            if (entry.Text.Paragraphs.Count == 0)
            {
                throw new PageException(page.File, entry.Line, $"'{entry.Title}' is not described.");
            }
        }

        if (cmdlet.Parameters.FirstOrDefault(parameter => page.Parameters.All(entry => entry.Title != "-" + parameter.Name)) is { } missing)
        {
            throw new PageException(page.File, 1, $"The parameter -{missing.Name} is not described.");
        }

        if (page.Examples.Count == 0 || page.Examples.Any(static example => example.Code.Length == 0))
        {
            throw new PageException(page.File, 1, "Each page has an example, and each example a block of powershell.");
        }
    }

    private static XElement SyntaxItem(Page page, CmdletShape cmdlet, string set) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", cmdlet.Name),
        cmdlet.Parameters
            .Select(parameter => (Parameter: parameter, Use: parameter.In(set)))
            .Where(static found => found.Use is not null)
            .OrderBy(static found => found.Use!.Position ?? int.MaxValue)
            .ThenByDescending(static found => found.Use!.Mandatory)
            .Select(found => Parameter(page, found.Parameter, found.Use!, full: false)));

    private static XElement Parameter(Page page, ParameterShape parameter, ParameterUse use, bool full)
    {
        Entry entry = page.Parameters.First(entry => entry.Title == "-" + parameter.Name);
        return new XElement(
            s_command + "parameter",
            new XAttribute("required", use.Mandatory ? "true" : "false"),
            new XAttribute("variableLength", parameter.Type.IsArray ? "true" : "false"),
            new XAttribute("globbing", parameter.Wildcards ? "true" : "false"),
            new XAttribute("pipelineInput", PipelineInput(use)),
            new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(s_maml + "name", parameter.Name),
            Description(full ? entry.Text.Paragraphs : []),
            parameter.IsSwitch ? null : Value(parameter),
            new XElement(s_dev + "type", new XElement(s_maml + "name", parameter.TypeName)),
            new XElement(s_dev + "defaultValue", parameter.IsSwitch ? "False" : "None"));
    }

    private static XElement Value(ParameterShape parameter) => parameter.Words.Count == 0
        ? new XElement(s_command + "parameterValue", new XAttribute("required", "true"), parameter.TypeName)
        : new XElement(
            s_command + "parameterValueGroup",
            parameter.Words.Select(static word => new XElement(s_command + "parameterValue", new XAttribute("required", "false"), word)));

    private static string PipelineInput(ParameterUse use) => (use.FromPipeline, use.FromProperty) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static XElement Typed(string element, Entry entry) => new(
        s_command + element,
        new XElement(s_dev + "type", new XElement(s_maml + "name", entry.Title)),
        Description(entry.Text.Paragraphs));

    private static XElement Example(Entry example) => new(
        s_command + "example",
        new XElement(s_maml + "title", $"--- {example.Title} ---"),
        new XElement(s_dev + "code", example.Code),
        new XElement(s_dev + "remarks", Remarks(example.Text.Paragraphs)));

    // PowerShell sets the first two paragraphs of remarks apart from the rest, so that all lines of an output go into the second.
    private static IEnumerable<XElement> Remarks(IReadOnlyList<string> lines)
        => lines.Count == 0 ? [] : Paragraphs(["", string.Join('\n', lines.SkipWhile(static line => line.Length == 0))]);

    private static XElement Link(string link) => new(
        s_maml + "navigationLink",
        new XElement(s_maml + "linkText", link.TrimStart('-', ' ')),
        new XElement(s_maml + "uri"));

    private static XElement Description(IReadOnlyList<string> paragraphs) => new(s_maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IReadOnlyList<string> paragraphs)
        => paragraphs.Select(static paragraph => new XElement(s_maml + "para", paragraph));
}
