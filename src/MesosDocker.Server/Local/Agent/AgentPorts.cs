using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MesosDocker.Local;

/// <summary>
/// Ports of agents' own APIs. Each work directory has one of its own, also while nothing listens there: executors of a stopped agent try
/// on, and what another agent tells them is that it knows nothing of them, whereupon they end.
/// </summary>
internal static class AgentPorts
{
    // Below what the system hands out, and out of the way of a Mesos agent's 5051.
    public const int First = 20000;
    public const int Count = 10000;

    private const int Tried = 100;

    /// <param name="workDirectory">Absolute.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public static int Choose(string workDirectory)
    {
        int own = OwnOf(workDirectory);
        for (int i = 0; i < Tried; i++)
        {
            int port = First + ((own - First + i) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new MesosDockerException(
            Fault.StateUnusable,
            string.Create(CultureInfo.InvariantCulture, $"No port from {own} on is free for the agent, of {Tried}; name one by --agent-port."));
    }

    /// <summary>It follows from the path, so that a directory which is made anew meets its own old executors.</summary>
    public static int OwnOf(string workDirectory)
        => First + (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(workDirectory))) % Count);

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
