import shutil, pytest
@pytest.fixture
def workspace(tmp_path):
    shutil.copytree("/tmp/fdr/ws3", tmp_path/"w"); return tmp_path/"w"
