using System.Xml.Linq;
using MesosDocker.Commands;
using MesosDocker.Help;

// Turns the pages of docs/cmdlets into the help file that Get-Help reads. What a parameter means comes from the page; its type, position and
// sets come from the compiled cmdlet, so the two cannot tell different stories. Stays silent when all is well.
if (args is not [var pages, var output])
{
    Console.Error.WriteLine("usage: MesosDocker.Help PAGES OUTPUT.xml");
    return 64;
}

try
{
    CmdletShape[] cmdlets = [.. CmdletShape.AllOf(typeof(AsyncCmdlet).Assembly)];
    IEnumerable<XElement> commands = cmdlets.Select(cmdlet => Maml.Command(Page.Load(pages, cmdlet.Name), cmdlet));
    Page.RefuseOrphans(pages, cmdlets.Select(static cmdlet => cmdlet.Name));
    Maml.File(commands).Save(output);
    return 0;
}
catch (PageException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
