using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>The network of a task: the host's, Docker's bridge, or networks that every agent knows.</summary>
internal static class ReturnedNetwork
{
    private const string Labels = "Networks have no labels for one service alone.";

    /// <param name="networks">Null: the host's.</param>
    /// <param name="parameters">Null: there are none.</param>
    /// <returns>Ports of the host lead into it.</returns>
    public static bool Of(ReturnCase draft, IReadOnlyList<Network>? networks, ReturnedParameters? parameters)
    {
        KeyPath key = "networks";
        for (int i = 0; i < networks?.Count; i++)
        {
            draft.Fields.Carry(key[i]["mode"]);
            draft.Fields.Carry(key[i]["name"]);
            draft.Fields.LoseSaid(key[i]["labels"], Labels, null);
        }

        if (networks is null or [] || networks.All(static network => network.Mode == NetworkModes.Host))
        {
            draft.Service.Say("network_mode", Made.Text("host"));
            return false;
        }

        string[] names = [.. networks.Where(static network => network.Mode is NetworkModes.Container or null).Select(static network => network.Name ?? "")];
        for (int i = 0; i < networks.Count; i++)
        {
            if (networks[i] is { Mode: NetworkModes.Container or null, Name: null })
            {
                draft.Fields.Lose(key[i], "The network is that which Marathon takes where nobody names one, and only Marathon knows it.", "Name it.");
            }
        }

        if (Array.TrueForAll(names, static name => name.Length == 0))
        {
            draft.Service.Say("network_mode", Made.Text("bridge"));
            return true;
        }

        foreach (string name in names.Where(static name => name.Length > 0))
        {
            draft.Project.AddNetwork(name);
            draft.Service.Change(((KeyPath)"networks")[name], static _ => Made.Map());
        }

        Attach(draft, ((KeyPath)"networks")[names.First(static name => name.Length > 0)], parameters);
        return true;
    }

    // Compose itself gives a service its name there.
    private static void Attach(ReturnCase draft, KeyPath network, ReturnedParameters? parameters)
    {
        foreach (string alias in parameters?.TakeAll("network-alias") ?? [])
        {
            if (alias != draft.Name)
            {
                draft.Service.Add(network["aliases"], Made.Text(alias));
            }
        }

        Say("ipv4_address", "ip");
        Say("ipv6_address", "ip6");
        foreach (string address in parameters?.TakeAll("link-local-ip") ?? [])
        {
            draft.Service.Add(network["link_local_ips"], Made.Text(address));
        }

        void Say(string name, string option) => draft.Service.Say(network[name], parameters?.Take(option) is { } value ? Made.Text(value) : null);
    }
}
