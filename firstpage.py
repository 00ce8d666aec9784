"""server start -> page, split"""
import subprocess,time,sys,os
from playwright.sync_api import sync_playwright
import urllib.request
with sync_playwright() as p:
    b = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"])
    for how in (["-m","streamlit","run","app.py"],["-m","allocator.ui.serve","run","app.py"]):
      for i in range(2):
        pg=b.new_page(); t=time.time()
        s=subprocess.Popen([sys.executable,*how,"--server.port","8873","--server.headless","true"],cwd="/work/wt/speed",stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)
        while True:
            try: urllib.request.urlopen("http://localhost:8873/_stcore/health",timeout=1); break
            except OSError: time.sleep(0.02)
        h=time.time()-t
        pg.goto("http://localhost:8873/?scenario=bundled/cixi-2020"); l=time.time()-t
        pg.wait_for_selector('[data-testid="stMain"] h1'); h1=time.time()-t
        pg.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        import psutil; c=psutil.Process(s.pid).cpu_times()
        print(how[1], f"healthy {h:.2f} loaded {l:.2f} heading {h1:.2f} drawn {time.time()-t:.2f} server cpu {c.user+c.system:.2f}")
        s.terminate(); s.wait(); pg.close()
    b.close()
