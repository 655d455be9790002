using System.Globalization;

namespace MesosDocker.Marathon;

/// <summary>Marathon's reasons for leaving offers, in words.</summary>
internal static class OfferWords
{
    public static string Counted(DeclinedOfferStep step)
        => step is { Declined: { } declined, Processed: { } processed }
            ? string.Create(
                CultureInfo.InvariantCulture, $"{declined} of {processed} offers {(declined == 1 ? "was" : "were")} declined, because")
            : "Offers were declined, because";

    public static string Why(string reason) => reason switch
    {
        "InsufficientCpus" => "there are too few cpus",
        "InsufficientMemory" => "there is too little memory",
        "InsufficientDisk" => "there is too little disk",
        "InsufficientGpus" => "there are too few gpus",
        "InsufficientPorts" => "the ports are not there",
        "UnfulfilledRole" => "their resources are for other roles",
        "NoCorrespondingReservationFound" => "nothing on their agents is reserved for it",
        "AgentMaintenance" => "their agents are about to be maintained",
        "AgentDraining" => "their agents are being drained",
        "DeclinedScarceResources" => "their agents have gpus, which are kept for tasks that need them",
        _ => $"of {reason}",
    };

    public static string? Fix(string reason, QueueItem item) => reason switch
    {
        "InsufficientCpus" or "InsufficientMemory" or "InsufficientDisk" or "InsufficientGpus"
            => "Ask for less, stop something else, or add an agent.",
        "UnfulfilledRole"
            => $"Its role is '{item.Role ?? item.App?.Role ?? "*"}'; set acceptedResourceRoles to roles that agents offer, such as '*'.",
        "NoCorrespondingReservationFound"
            => "It waits for the agent that has its volume; bring that back, or kill the task with -Wipe to begin anew.",
        "AgentMaintenance" or "AgentDraining" => "Wait until that is over, or add an agent.",
        "DeclinedScarceResources" => "Add agents without gpus, or start Marathon with --gpu_scheduling_behavior unrestricted.",
        _ => null,
    };
}
