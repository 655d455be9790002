using System.Buffers;
using MesosDocker.Local;

namespace MesosDocker.Server.Tests;

public sealed class BodyPiecesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(32 * 1024, 32 * 1024)]
    [InlineData(32 * 1024 + 1, 1000)]
    [InlineData(1_000_000, 4096)]
    [InlineData(1_000_000, 70_001)]
    public void WhatArrived_IsThere_HoweverItWasCut(int length, int cut)
    {
        var body = new byte[length];
        new Random(length + cut).NextBytes(body);
        using var pieces = new BodyPieces();

        foreach (byte[] part in body.Chunk(cut))
        {
            pieces.Add(new ReadOnlySequence<byte>(part));
        }

        Assert.Equal(length, pieces.Length);
        Assert.Equal(body, pieces.All.ToArray());
    }
}
