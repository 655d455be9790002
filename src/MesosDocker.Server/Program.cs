Console.Error.WriteLine("usage: mesos-dockerd local");
return 64;
