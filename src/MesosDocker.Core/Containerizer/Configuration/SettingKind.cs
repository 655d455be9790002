namespace MesosDocker.Containerizer;

/// <returns>Whether the text is one of the allowed; if not, the value means nothing.</returns>
internal delegate bool ReadSetting<T>(string text, out T value);

/// <summary>How values of one kind are read and written.</summary>
/// <param name="Allowed">Completes "write ...".</param>
/// <param name="Write">What <paramref name="Read"/> reads as the same value.</param>
internal sealed record SettingKind<T>(string Allowed, ReadSetting<T> Read, Func<T, string> Write);
