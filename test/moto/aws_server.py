"""The AWS CLI for tests that call it hundreds of times: loaded once, and forked for each call.

aws_server.py SOCKET: listens on a Unix socket. Each client sends its arguments and its environment as JSON, with its standard
input, output and error, and gets the exit code.
"""

import array
import json
import os
import signal
import socket
import sys

import awscli.clidriver


def main(path):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # What takes the time: the modules, and the descriptions of the services.
    driver = awscli.clidriver.create_clidriver()
    for service in ("ec2", "sts", "ssm", "kms"):
        driver.session.get_service_model(service)
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(64)
    # The interpreter without the wrapper of a version manager: clients start faster with it.
    print(sys.executable, flush=True)
    while True:
        client, _ = server.accept()
        if os.fork() == 0:
            server.close()
            serve(client, driver)
        client.close()


def serve(client, driver):
    data, ancillary, _, _ = client.recvmsg(1 << 20, socket.CMSG_SPACE(3 * 4))
    fds = array.array("i")
    for _, _, content in ancillary:
        fds.frombytes(content[: 3 * fds.itemsize])
    while not data.endswith(b"\n"):
        data += client.recv(1 << 20)
    call = json.loads(data)
    for fd, standard in zip(fds, (0, 1, 2)):
        os.dup2(fd, standard)
        os.close(fd)
    os.environ.clear()
    os.environ.update(call["environment"])
    os.chdir(call["folder"])
    code = 1
    try:
        code = driver.main(call["arguments"])
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        client.sendall(b"%d\n" % (code or 0))
        os._exit(0)


main(sys.argv[1])
