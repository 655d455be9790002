using MesosDocker.Io;

NativeBuild.Prepare();
Console.Error.WriteLine("usage: mesos-docker VERB");
return 64;
