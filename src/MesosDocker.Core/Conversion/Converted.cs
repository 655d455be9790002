namespace MesosDocker.Conversion;

/// <summary>What something became, and what of it could not come along.</summary>
public sealed record Converted<T>(T Result, IReadOnlyList<ConversionLoss> Losses);
