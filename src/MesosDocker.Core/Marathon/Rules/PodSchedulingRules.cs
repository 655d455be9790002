namespace MesosDocker.Marathon;

internal static class PodSchedulingRules
{
    public static void Check(PodCase pod)
    {
        PodScheduling? scheduling = pod.Said.Scheduling;
        Place at = Place.Root["scheduling"];
        IReadOnlyList<string>? roles = scheduling?.Placement?.AcceptedResourceRoles;

        CheckConstraints(scheduling?.Placement?.Constraints ?? [], at["placement"]["constraints"], pod.Found);
        RoleRules.CheckNames(roles, at["placement"]["acceptedResourceRoles"], pod.Found);
        UnreachableRules.Check(scheduling?.UnreachableStrategy, at["unreachableStrategy"], pod.Found);
        pod.Found.ErrorIf(
            pod.IsResident && scheduling?.Upgrade is { } upgrade && (upgrade.MaximumOverCapacity ?? 1) > 0,
            Place.Root["upgrade"]["maximumOverCapacity"],
            "must be 0 with persistent volumes (scheduling.upgrade).");
        pod.Found.ErrorIf(
            pod.IsResident && scheduling?.UnreachableStrategy is { IsDisabled: false },
            Place.Root,
            "scheduling.unreachableStrategy must be \"disabled\" with persistent volumes.");
        pod.Found.ErrorIf(
            pod.IsResident && roles is { Count: > 0 } and not ["*"],
            Place.Root["acceptedResourceRoles"],
            "must be [\"*\"] with persistent volumes (scheduling.placement).");
    }

    private static void CheckConstraints(IReadOnlyList<PodConstraint> constraints, Place at, Findings found)
    {
        for (int i = 0; i < constraints.Count; i++)
        {
            PodConstraint constraint = constraints[i];
            if (Constraints.Judge(constraint.FieldName ?? "", constraint.Operator ?? "", constraint.Value) is { } wrong)
            {
                found.Error(at[i], wrong);
            }
        }
    }
}
