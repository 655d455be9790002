namespace MesosDocker.Integration.Tests.Compose;

internal sealed record ComposeAnswer(int Status, string Output, string Error);
