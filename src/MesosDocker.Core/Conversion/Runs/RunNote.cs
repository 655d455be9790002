namespace MesosDocker.Conversion;

/// <summary>What is not the same where one thing was made of another.</summary>
/// <param name="AnsweredBy">The parameter that says what was not said; null: nothing can.</param>
public sealed record RunNote(string Message, string? AnsweredBy = null);
