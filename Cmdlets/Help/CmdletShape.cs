using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace MesosDocker.Help;

/// <summary>
/// What the compiled cmdlet says of itself. Read as metadata: the assembly here that stands for PowerShell has its types, but nothing in it
/// runs.
/// </summary>
internal sealed record CmdletShape(string Verb, string Noun, string? DefaultSet, IReadOnlyList<ParameterShape> Parameters)
{
    private static readonly ParameterShape[] s_shouldProcess = [ParameterShape.Switch("Confirm", "cf"), ParameterShape.Switch("WhatIf", "wi")];

    public string Name => $"{Verb}-{Noun}";

    /// <summary>The default set first; a cmdlet without sets has one, of all its parameters.</summary>
    public IEnumerable<string> Sets => Parameters
        .SelectMany(static parameter => parameter.Uses)
        .Select(static use => use.Set)
        .Where(static set => set != ParameterUse.AllSets)
        .Distinct()
        .OrderByDescending(set => set == DefaultSet)
        .DefaultIfEmpty(ParameterUse.AllSets);

    public static IEnumerable<CmdletShape> AllOf(Assembly assembly) => assembly.GetExportedTypes()
        .Select(static type => (Type: type, Cmdlet: Metadata.Of<CmdletAttribute>(type).SingleOrDefault()))
        .Where(static found => found.Cmdlet is not null)
        .Select(static found => Of(found.Type, found.Cmdlet!))
        .OrderBy(static cmdlet => cmdlet.Name, StringComparer.Ordinal);

    private static CmdletShape Of(Type type, CustomAttributeData cmdlet) => new(
        (string)cmdlet.ConstructorArguments[0].Value!,
        (string)cmdlet.ConstructorArguments[1].Value!,
        cmdlet.Named<string?>("DefaultParameterSetName", null),
        [.. type.GetProperties().Where(static p => Metadata.Of<ParameterAttribute>(p).Any()).Select(ParameterShape.Of),
            .. cmdlet.Named("SupportsShouldProcess", false) ? s_shouldProcess : []]);
}

/// <summary>How a parameter takes part in one of the parameter sets.</summary>
internal sealed record ParameterUse(string Set, bool Mandatory, int? Position, bool FromPipeline, bool FromProperty)
{
    public const string AllSets = "__AllParameterSets";

    public static ParameterUse Of(CustomAttributeData parameter) => new(
        parameter.Named("ParameterSetName", AllSets),
        parameter.Named("Mandatory", false),
        parameter.Named<int?>("Position", null),
        parameter.Named("ValueFromPipeline", false),
        parameter.Named("ValueFromPipelineByPropertyName", false));
}

internal sealed record ParameterShape(string Name, Type Type, IReadOnlyList<string> Aliases, IReadOnlyList<ParameterUse> Uses, bool Wildcards)
{
    private IReadOnlyList<string> ValidWords { get; init; } = [];

    public bool IsSwitch => Type == typeof(SwitchParameter);

    /// <summary>The words it takes, if those are all.</summary>
    public IReadOnlyList<string> Words => (Nullable.GetUnderlyingType(Type) ?? Type) is { IsEnum: true } words ? Enum.GetNames(words) : ValidWords;

    /// <summary>What is written for its value: the type for a person, who does not care how names and values are held.</summary>
    public string TypeName => Describe(Type);

    public ParameterUse? In(string set) => Uses.FirstOrDefault(use => use.Set == set || use.Set == ParameterUse.AllSets);

    public static ParameterShape Of(PropertyInfo property) => new(
        property.Name,
        property.PropertyType,
        [.. Metadata.Of<AliasAttribute>(property).SelectMany(static alias => Metadata.Strings(alias.ConstructorArguments[0]))],
        [.. Metadata.Of<ParameterAttribute>(property).Select(ParameterUse.Of)],
        Metadata.Of<SupportsWildcardsAttribute>(property).Any())
    {
        ValidWords = [.. Metadata.Of<ValidateSetAttribute>(property).SelectMany(static set => Metadata.Strings(set.ConstructorArguments[0]))],
    };

    public static ParameterShape Switch(string name, string alias)
        => new(name, typeof(SwitchParameter), [alias], [new ParameterUse(ParameterUse.AllSets, false, null, false, false)], Wildcards: false);

    private static string Describe(Type type) => type switch
    {
        { IsArray: true } when type.GetElementType() == typeof(KeyValuePair<string, string>) => nameof(Hashtable),
        { IsArray: true } => Describe(type.GetElementType()!) + "[]",
        _ when Nullable.GetUnderlyingType(type) is { } inner => Describe(inner),
        _ => type.Name,
    };
}

internal static class Metadata
{
    public static IEnumerable<CustomAttributeData> Of<T>(MemberInfo member)
        => member.GetCustomAttributesData().Where(static data => data.AttributeType == typeof(T));

    public static T Named<T>(this CustomAttributeData data, string name, T otherwise)
        => data.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value is T value ? value : otherwise;

    public static IEnumerable<string> Strings(CustomAttributeTypedArgument argument)
        => ((IEnumerable<CustomAttributeTypedArgument>)argument.Value!).Select(static item => (string)item.Value!);
}
