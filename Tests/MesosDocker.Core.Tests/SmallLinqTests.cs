using Standard = System.Linq.Enumerable;

namespace MesosDocker.Core.Tests;

/// <summary>Our operators of LINQ answer as the class library's do.</summary>
public sealed class SmallLinqTests
{
    public static TheoryData<string[]> Inputs() => new(
        (string[])[],
        (string[])["one"],
        (string[])["one", "two", "three", "three", "four", "one"]);

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Sequences_AreTheClassLibrarys(string[] words)
    {
        Assert.Equal(Standard.Prepend(words, "first"), SmallLinq.Prepend(words, "first"));
        Assert.Equal(Standard.Reverse((IEnumerable<string>)words), SmallLinq.Reverse(words));
        Assert.Equal(Standard.TakeWhile(words, IsShort), SmallLinq.TakeWhile(words, IsShort));
        Assert.Equal(Standard.DistinctBy(words, Length), SmallLinq.DistinctBy(words, Length));
        object?[] mixed = [null, 1, .. words];
        Assert.Equal(Standard.OfType<string>(mixed), SmallLinq.OfType<string>(mixed));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Groups_AreTheClassLibrarys(string[] words)
    {
        IEnumerable<IGrouping<int, string>> expected = Standard.GroupBy(words, Length);
        IEnumerable<IGrouping<int, string>> groups = SmallLinq.GroupBy(words, Length);

        Assert.Equal(Standard.Select(expected, g => (g.Key, string.Join(' ', g))), Standard.Select(groups, g => (g.Key, string.Join(' ', g))));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Answers_AreTheClassLibrarys(string[] list)
    {
        IEnumerable<string> words = list;
        Assert.Equal(Standard.Any(words), SmallLinq.Any(words));
        Assert.Equal(Standard.Sum(words, static word => word.Length), SmallLinq.Sum(words, static word => word.Length));
        Assert.Equal(Standard.Sum(words, static word => (long)word.Length), SmallLinq.Sum(words, static word => (long)word.Length));
        Assert.Equal(Standard.Any(words, IsShort), SmallLinq.Any(words, IsShort));
        Assert.Equal(Standard.All(words, IsShort), SmallLinq.All(words, IsShort));
        Assert.Equal(Standard.Count(words), SmallLinq.Count(words));
        Assert.Equal(Standard.Count(words, IsShort), SmallLinq.Count(words, IsShort));
        Assert.Equal(Standard.FirstOrDefault(words), SmallLinq.FirstOrDefault(words));
        Assert.Equal(Standard.FirstOrDefault(words, IsLong), SmallLinq.FirstOrDefault(words, IsLong));
        Assert.Equal(Standard.LastOrDefault(words), SmallLinq.LastOrDefault(words));
        Assert.Equal(Standard.LastOrDefault(words, IsShort), SmallLinq.LastOrDefault(words, IsShort));
        Assert.Equal(Standard.Aggregate(words, "", string.Concat), SmallLinq.Aggregate(words, "", string.Concat));
    }

    [Fact]
    public void FirstAndLast_AreThoseThatFit_OrNone()
    {
        string[] words = ["a", "long", "longer", "b"];

        Assert.Equal("long", SmallLinq.First(words, IsLong));
        Assert.Equal("longer", SmallLinq.Last(words, IsLong));
        Assert.Throws<InvalidOperationException>(() => SmallLinq.First(words, static word => word == "c"));
        Assert.Throws<InvalidOperationException>(() => SmallLinq.Last(words, static word => word == "c"));
    }

    [Fact]
    public void ToDictionary_ComparesAsItIsTold_AndRefusesASecondOfAKey()
    {
        Assert.Equal(1, SmallLinq.ToDictionary(["a", "b"], static w => w, Length, StringComparer.OrdinalIgnoreCase)["A"]);
        Assert.Equal("b", SmallLinq.ToDictionary(["a", "b"], static w => w)["b"]);
        Assert.Throws<ArgumentException>(() => SmallLinq.ToDictionary(["one", "two"], Length));
    }

    private static int Length(string word) => word.Length;

    private static bool IsShort(string word) => word.Length <= 3;

    private static bool IsLong(string word) => !IsShort(word);
}
